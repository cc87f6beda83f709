import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

type Build = Readonly<{
  substitutions: Readonly<Record<string, string>>;
  options: Readonly<Record<string, unknown>>;
  steps: readonly Readonly<{ id: string; name: string; script: string }>[];
}>;

const read = (file: string) => parse(readFileSync(file, 'utf8')) as Build;
const plan = read('cloudbuild.yaml');
const apply = read('infra/apply.cloudbuild.yaml');
const stepsOf = ({ steps }: Build) => steps.map(({ id }) => id);
const scriptOf = ({ steps }: Build, id: string) =>
  steps.find((step) => step.id === id)?.script ?? '';

describe('the build', () => {
  it('checks before it makes anything, plans last of all, and then asks', () => {
    expect(stepsOf(plan)).toEqual(['check', 'source', 'image', 'plan', 'ask']);
    expect(scriptOf(plan, 'check')).toMatch(/npm ci\nnpm run check\n/);
  });

  it('applies nothing by itself', () => {
    const scripts = plan.steps.map(({ script }) => script).join('\n');
    expect(scripts).not.toMatch(/terraform.* apply|gcloud (run|functions) deploy|update-traffic/);
    expect(scripts).toContain('-var=hold_traffic=true');
  });

  it('names the source by its digest and the image by its own', () => {
    expect(scriptOf(plan, 'source')).toContain('source/$(cat dist/source.sha256).zip');
    expect(scriptOf(plan, 'image')).toContain('{{index .RepoDigests 0}}');
  });

  it('once it is approved applies the plan that was shown, and tries what is new before it gets traffic', () => {
    expect(stepsOf(apply)).toEqual(['hold', 'apply', 'try', 'release']);
    expect(scriptOf(apply, 'apply')).toMatch(/apply -input=false \.\.\/dist\/plan\n/);
    const [kept = 'nowhere'] = /plans\/\S+\/(?=")/.exec(scriptOf(plan, 'ask')) ?? [];
    expect(kept).toContain('/$COMMIT_SHA/');
    expect(scriptOf(apply, 'hold')).toContain(`${kept}plan`);
    for (const id of ['hold', 'try', 'release']) {
      expect(scriptOf(apply, id)).toContain(`infra/release.sh ${id}\n`);
    }
  });

  it.each([
    ['cloudbuild.yaml', plan],
    ['infra/apply.cloudbuild.yaml', apply],
  ])(
    '%s uses no substitution that it does not declare, and each script is a script',
    (_, build) => {
      expect(build.options.automapSubstitutions).toBe(true);
      for (const { script } of build.steps) {
        const used = [...script.matchAll(/\$\{?(_[A-Z]+)/g)].map(([, name = '']) => name);
        expect(used.filter((name) => !(name in build.substitutions))).toEqual([]);
        const { status, stderr } = spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' });
        expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      }
    },
  );
});
