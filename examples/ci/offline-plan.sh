#!/usr/bin/env bash
# Plans what a change does to each stack, without credentials or network: the stacks before the change are applied to an
# emulated Google Cloud, the stacks after it are planned against that.
#
#   offline-plan.sh BEFORE AFTER PLANS
#
# BEFORE and AFTER are folders `cdktf.out`; PLANS gets one STACK.json for each stack of AFTER. What others changed in the
# real Google Cloud is not seen: for that, plan with credentials.
set -euo pipefail

before=$1 after=$2 plans=$3
tool=${CDKTF_CLOUD_RUN:-npx cdktf-cloud-run}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$plans"

# Terraform in the stack's folder $stack, with the emulated provider; its cloud is the file cloud.json there.
offline() {
  # $tool is a command with arguments: it is to be split.
  # shellcheck disable=SC2086
  $tool offline --cloud "$stack/cloud.json" -- terraform "-chdir=$stack" "$@"
}

for folder in "$after"/stacks/*/; do
  name=$(basename "$folder")
  stack=$work/$name
  mkdir "$stack"
  # Whatever backend the stack has, its state is a file here. https://developer.hashicorp.com/terraform/language/files/override
  echo '{"terraform": {"backend": {"local": {"path": "terraform.tfstate"}}}}' >"$stack/backend_override.tf.json"
  if [ -e "$before/stacks/$name/cdk.tf.json" ]; then
    cp "$before/stacks/$name/cdk.tf.json" "$stack/cdk.tf.json"
    offline init -no-color -input=false -reconfigure >&2
    offline apply -no-color -input=false -auto-approve >&2
  fi
  cp "$folder/cdk.tf.json" "$stack/cdk.tf.json"
  offline init -no-color -input=false -reconfigure >&2
  offline plan -no-color -input=false -out=planfile >&2
  offline show -json planfile >"$plans/$name.json"
done
