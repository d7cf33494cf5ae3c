import { InputError } from '../terraform-json/input-error';

/**
 * The emulated google provider, loaded when it is used: it would slow the start of every other command, and the packages that
 * speak Terraform's protocol are optional, for nothing else needs them. Throws an InputError when they are not installed.
 */
export function loadEmulator(): typeof import('../emulator') {
  try {
    return require('../emulator');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const missing = /^Cannot find module '((?:@grpc|protobufjs|@msgpack)[^']*)'/.exec(message)?.[1];
    if (code !== 'MODULE_NOT_FOUND' || missing === undefined) throw error;
    throw new InputError(
      `planning without Google Cloud needs '${missing}', an optional package that is not installed`,
      'run npm install --include=optional',
    );
  }
}
