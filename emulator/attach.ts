import { existsSync } from 'node:fs';

/** Terraform and OpenTofu look a provider up under their own registry's name, even if they never contact the registry. */
const PROVIDERS = ['registry.terraform.io/hashicorp/google', 'registry.opentofu.org/hashicorp/google'];

export type Environment = { [name: string]: string | undefined };

/** The environment that makes Terraform use a running provider. It then downloads and starts none. */
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

/** Removes the name of a missing configuration file: Terraform fails on it, even if it does not need the file. */
function withoutMissingConfig(environment: Environment): Environment {
  const { TF_CLI_CONFIG_FILE: file, ...rest } = environment;
  return file === undefined || !existsSync(file) ? rest : environment;
}
