import { existsSync } from 'node:fs';

/** Terraform and OpenTofu look providers up under their own registry's name, even when they are not to look at all. */
const PROVIDERS = ['registry.terraform.io/hashicorp/google', 'registry.opentofu.org/hashicorp/google'];

export type Environment = { [name: string]: string | undefined };

/** The environment in which Terraform talks to a provider that already runs, instead of downloading and starting one. */
export function attachedEnvironment(socket: string, environment: Environment): Environment {
  const reattach = {
    Protocol: 'grpc',
    ProtocolVersion: 5,
    Pid: process.pid,
    Test: true,
    Addr: { Network: 'unix', String: socket },
  };
  return {
    ...withoutMissingConfig(environment),
    TF_REATTACH_PROVIDERS: JSON.stringify(Object.fromEntries(PROVIDERS.map((provider) => [provider, reattach]))),
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
  };
}

/** Terraform stops at a configuration file that is not there, even if it has no use for one. */
function withoutMissingConfig(environment: Environment): Environment {
  const { TF_CLI_CONFIG_FILE: file, ...rest } = environment;
  return file === undefined || !existsSync(file) ? rest : environment;
}
