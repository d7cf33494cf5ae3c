import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from './snippets';

/** The package's own name, as a user imports it, is this checkout. */
const PACKAGE = 'cdktf-cloud-run';

/** The type errors of some programs, each in a file of its own at the root of the project. */
export function typeErrors(sources: readonly string[]): string[] {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
  const files = new Map(sources.map((source, index) => [join(ROOT, `snippet-${index}.ts`), source]));
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.readFile = (file) => files.get(file) ?? readFile(file);
  host.fileExists = (file) => files.has(file) || fileExists(file);
  const paths = { [PACKAGE]: [join(ROOT, 'constructs/index.ts')] };
  const program = ts.createProgram([...files.keys()], { ...options, paths, types: ['node'] }, host);
  // Only those of the programs: `npm run types` checks what they import.
  const mistakes = [...files.keys()].flatMap((file) => {
    const source = program.getSourceFile(file);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  });
  return [...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics(), ...mistakes].map(({ messageText }) =>
    ts.flattenDiagnosticMessageText(messageText, '\n'),
  );
}

/** Runs a program that synthesizes a stack `prod`, and returns its Terraform JSON. */
export function build(source: string) {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };
  const { outputText } = ts.transpileModule(source, { compilerOptions });
  const requireHere = (name: string) => require(name === PACKAGE ? '../../constructs' : name);
  const outdir = mkdtempSync(join(tmpdir(), 'snippet-'));
  process.env.CDKTF_OUTDIR = outdir;
  try {
    new Function('require', 'exports', outputText)(requireHere, {});
    return JSON.parse(readFileSync(join(outdir, 'stacks/prod/cdk.tf.json'), 'utf8'));
  } finally {
    delete process.env.CDKTF_OUTDIR;
    rmSync(outdir, { recursive: true });
  }
}
