import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Cloud, type CloudData } from './cloud';
import { Refusal } from './errors';
import { canonicalJson } from './protocol/values';

/**
 * A cloud kept in a JSON file. A change is on the disk before Terraform hears that it is done; changes that arrive
 * together are written together. The file is replaced by a rename, so that it is never half written, and its keys are sorted, so
 * that two of them can be compared.
 */
export class CloudFile {
  readonly cloud: Cloud;
  private dirty = false;
  private writing: Promise<void> | undefined;

  constructor(private readonly file: string) {
    this.cloud = new Cloud(readCloud(file));
    this.cloud.onChange(() => {
      this.dirty = true;
    });
  }

  /** Resolves when everything changed so far is in the file. */
  async saved(): Promise<void> {
    while (this.dirty || this.writing) {
      this.writing ??= this.writeSoon();
      await this.writing;
    }
  }

  private async writeSoon(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.dirty = false;
    try {
      writeAtomically(this.file, `${canonicalJson(this.cloud.data, 2)}\n`);
    } finally {
      this.writing = undefined;
    }
  }
}

function readCloud(file: string): Partial<CloudData> {
  if (!existsSync(file)) return {};
  const data = parsed(file);
  const sections = Object.keys(new Cloud().data).sort();
  const unknown = Object.keys(data).find((section) => !sections.includes(section));
  if (unknown === undefined) return data;
  throw new Refusal(`${file}: '${unknown}' is not one of ${sections.join(', ')}`);
}

function parsed(file: string): Partial<CloudData> {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Refusal(`${file} is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}

function writeAtomically(file: string, text: string): void {
  const temporary = join(dirname(file), `.${basename(file)}.${process.pid}.tmp`);
  writeFileSync(temporary, text);
  renameSync(temporary, file);
}
