import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

type Process = Readonly<{ pid: number; parent: number; residentBytes: number }>;

/** Watches a process and all its descendants. @returns stops, and tells the largest sum of resident memory that was seen */
export function watchMemory(root: number): () => number {
  let peakBytes = 0;
  const sample = () => {
    peakBytes = Math.max(peakBytes, residentBytesOf(root));
  };
  const timer = setInterval(sample, 100);
  return () => {
    clearInterval(timer);
    return peakBytes;
  };
}

function residentBytesOf(root: number): number {
  const all = process.platform === 'linux' ? fromProc() : fromPs();
  const family = new Set([root]);
  for (let before = 0; before !== family.size; ) {
    before = family.size;
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
  }
  return all
    .filter(({ pid }) => family.has(pid))
    .reduce((sum, { residentBytes }) => sum + residentBytes, 0);
}

function fromProc(): Process[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8');
      const field = (key: string) =>
        Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
      return [{ pid: Number(name), parent: field('PPid'), residentBytes: field('VmRSS') * 1024 }];
    } catch {
      return [];
    }
  });
}

function fromPs(): Process[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([pid = 0, parent = 0, kilobytes = 0]) => ({
      pid,
      parent,
      residentBytes: kilobytes * 1024,
    }));
}
