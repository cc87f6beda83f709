import { describe, expect, it } from 'vitest';
import { refuseUnsigned } from '../../shared/cli/requested-by.ts';
import { CLOUD } from '../../shared/core/view/in-world.ts';

describe('what bears a name', () => {
  const local = { world: 'local:x' };

  it.each([
    ['not given', local],
    ['empty', { ...local, by: '' }],
    ['empty', { ...local, by: ' ' }],
  ])('is refused where the name is %s', (found, signed) => {
    expect(() => refuseUnsigned(signed, 'an override is signed')).toThrow(
      `--by is ${found}; an override is signed`,
    );
  });

  it('is let through with a name, and in the cloud, where it is that of who calls', () => {
    expect(() => refuseUnsigned({ ...local, by: 'ana' }, 'x')).not.toThrow();
    expect(() => refuseUnsigned({ world: CLOUD }, 'x')).not.toThrow();
  });
});
