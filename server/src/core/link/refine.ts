import { one, zero } from './integers';
import type { Run } from './run';
import { converted } from './scalars';
import type { Expr } from './tree';
import { resolved } from './types';
import { nonzero } from './values';

/** What a condition's outcome says of the locals in it. */
export function refine(run: Run, e: Expr, is: boolean): void {
  switch (e.kind) {
    case 'local': {
      if (e.local.isStatic || e.local.isVolatile || run.state.values.get(e.local) !== undefined) return;
      const type = resolved(run.walk.shared, e.local.type);
      if (type.kind !== 'int' && type.kind !== 'pointer') return;
      run.store(
        e.local,
        is
          ? type.kind === 'int' && type.id === 'bool'
            ? converted(run.walk.shared.target, one, type)
            : nonzero
          : converted(run.walk.shared.target, zero, type),
        [],
      );
      return;
    }
    case 'unary':
      if (e.op === '!') refine(run, e.of, !is);
      return;
    case 'logic':
      if (e.isAnd === is) {
        refine(run, e.left, is);
        refine(run, e.right, is);
      }
      return;
    case 'binary': {
      if (e.op !== '==' && e.op !== '!=') return;
      if (e.left.kind !== 'local') {
        const right = e.right.kind === 'number' ? e.right.value : undefined;
        if (right?.value === 0n) refine(run, e.left, is === (e.op === '!='));
        return;
      }
      if (is !== (e.op === '==') || e.left.local.isStatic) return;
      const right = run.walk.shared.constant(e.right);
      if (right !== undefined && !e.left.local.isVolatile)
        run.store(
          e.left.local,
          converted(run.walk.shared.target, right, resolved(run.walk.shared, e.left.local.type)),
          [],
        );
      return;
    }
    case 'call':
      if (
        e.callee.kind === 'global' &&
        e.args[0] !== undefined &&
        /^__builtin_expect/.test(run.walk.shared.tokens.names.text(e.callee.name))
      )
        refine(run, e.args[0], is);
      return;
    default:
  }
}
