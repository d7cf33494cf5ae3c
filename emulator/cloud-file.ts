import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ChangeJournal } from './change-journal';
import { type Change, Cloud, type CloudData } from './cloud';
import { Refusal } from './errors';
import { canonicalJson } from './protocol/values';

/** The whole file is written after this many milliseconds without a change. */
const QUIET = 2000;

/**
 * A cloud kept in a JSON file. A change is on the disk before Terraform gets the response: in the journal beside the file at once, in the
 * file itself when the changes pause and at the end. The file is replaced by a rename, so that it is never half written, and its
 * keys are sorted, so that two files can be compared.
 */
export class CloudFile {
  readonly cloud: Cloud;
  private readonly journal: ChangeJournal;
  private changes: Change[] = [];
  private appending: Promise<void> | undefined;
  /** Whether the journal has changes that the file does not have. */
  private behind = false;
  /** Whether the file and the journal together hold the whole cloud: not before the file exists, and not after an incomplete line. */
  private complete: boolean;
  private pause: NodeJS.Timeout | undefined;

  constructor(private readonly file: string) {
    this.cloud = new Cloud(readCloud(file));
    this.journal = new ChangeJournal(file);
    this.complete = existsSync(file);
    // A journal without its file belongs to a cloud that somebody has deleted.
    if (!this.complete) this.journal.remove();
    else if (this.journal.replay(this.cloud)) this.write();
    this.cloud.onChange((change) => this.changes.push(change));
  }

  /** Resolves when everything changed so far is on the disk. */
  async saved(): Promise<void> {
    while (this.changes.length > 0 || this.appending) {
      this.appending ??= this.appendSoon();
      await this.appending;
    }
  }

  /** Resolves when everything changed so far is in the file itself. */
  async close(): Promise<void> {
    await this.saved();
    clearTimeout(this.pause);
    if (this.behind) this.write();
  }

  /** Changes that arrive together are written together. */
  private async appendSoon(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    try {
      if (this.complete) this.append();
      else this.write();
    } finally {
      this.changes = [];
      this.appending = undefined;
    }
  }

  private append(): void {
    this.complete = false;
    this.journal.append(this.changes);
    this.complete = true;
    this.behind = true;
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.writeInPause(), QUIET).unref();
  }

  /** No caller waits for this write: if it fails, it is tried again at the end, and the error is reported then. */
  private writeInPause(): void {
    try {
      this.write();
    } catch {}
  }

  private write(): void {
    writeAtomically(this.file, `${canonicalJson(this.cloud.data, 2)}\n`);
    this.journal.remove();
    this.complete = true;
    this.behind = false;
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
