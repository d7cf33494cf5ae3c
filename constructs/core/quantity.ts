import { textOf } from './token';

const MILLICORES = /^(\d+)m$/;
const MEMORY = /^(\d+(?:\.\d+)?)(k|M|G|Ki|Mi|Gi)$/;
const BYTES: Readonly<Record<string, number>> = {
  k: 1e3,
  M: 1e6,
  G: 1e9,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
};

/** CPUs of `2`, `0.5`, `"2"` or `"500m"`; undefined for any other text. */
export function parseCpu(cpu: number | string): number | undefined {
  const text = String(cpu);
  const millicores = MILLICORES.exec(text);
  if (millicores) return Number(millicores[1]) / 1000;
  return /^\d*\.?\d+$/.test(text) ? Number(text) : undefined;
}

/** CPUs as Terraform writes them: a number as `2` or `500m`, millicores unchanged, because Cloud Run returns the text that it got. */
export function renderCpu(cpu: number | string): string {
  const cpus = parseCpu(cpu);
  if (cpus === undefined || MILLICORES.test(String(cpu))) return textOf(cpu);
  return Number.isInteger(cpus) ? String(cpus) : `${Math.round(cpus * 1000)}m`;
}

/** Bytes of `512Mi`, `2Gi`, `1G`; undefined if the text is not an amount of memory. */
export function parseMemory(memory: string): number | undefined {
  const match = MEMORY.exec(memory);
  return match ? Number(match[1]) * (BYTES[match[2] ?? ''] ?? 0) : undefined;
}
