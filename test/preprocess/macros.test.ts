import { describe, expect, test } from 'vitest';
import { preprocess } from '../../server/src/core/preprocess/preprocess';
import { cacheOf, compiler, expand, messages, printed, request, unitOf } from './try';

describe('the examples of C11 6.10.3.5', () => {
  const example3 = `
#define x 3
#define f(a) f(x * (a))
#undef x
#define x 2
#define g f
#define z z[0]
#define h g(~
#define m(a) a(w)
#define w 0,1
#define t(a) a
#define p() int
#define q(x) x
#define r(x,y) x ## y
#define str(x) # x
`;
  test('rescanning and replacement', () => {
    expect(expand(`${example3}f(y+1) + f(f(z)) % t(t(g)(0) + t)(1);`)).toBe(
      'f ( 2 * ( y + 1 ) ) + f ( 2 * ( f ( 2 * ( z [ 0 ] ) ) ) ) % f ( 2 * ( 0 ) ) + t ( 1 ) ;',
    );
    expect(expand(`${example3}g(x+(3,4)-w) | h 5) & m\n(f)^m(m);`)).toBe(
      'f ( 2 * ( 2 + ( 3 , 4 ) - 0 , 1 ) ) | f ( 2 * ( ~ 5 ) ) & f ( 2 * ( 0 , 1 ) ) ^ m ( 0 , 1 ) ;',
    );
    expect(expand(`${example3}p() i[q()] = { q(1), r(2,3), r(4,), r(,5), r(,) };`)).toBe(
      'int i [ ] = { 1 , 23 , 4 , 5 , } ;',
    );
    expect(expand(`${example3}char c[2][6] = { str(hello), str() };`)).toBe('char c [ 2 ] [ 6 ] = { "hello" , "" } ;');
  });

  test('strings and pasting', () => {
    const text = `
#define str(s) # s
#define xstr(s) str(s)
#define debug(s, t) printf("x" # s "= %d, x" # t "= %s", x ## s, x ## t)
#define INCFILE(n) vers ## n
#define glue(a, b) a ## b
#define xglue(a, b) glue(a, b)
#define HIGHLOW "hello"
#define LOW LOW ", world"
debug(1, 2);
fputs(str(strncmp("abc\\0d", "abc", '\\4') // this goes away
  == 0) str(: @\\n), s);
xstr(INCFILE(2).h)
glue(HIGH, LOW);
xglue(HIGH, LOW)`;
    expect(expand(text)).toBe(
      [
        'printf ( "x" "1" "= %d, x" "2" "= %s" , x1 , x2 ) ;',
        'fputs ( "strncmp(\\"abc\\\\0d\\", \\"abc\\", \'\\\\4\') == 0" ": @\\n" , s ) ;',
        '"vers2.h" "hello" ; "hello" ", world"',
      ].join(' '),
    );
  });

  test('pasting the paste operator, placemarkers', () => {
    expect(
      expand(
        '#define hash_hash # ## #\n#define mkstr(a) # a\n#define in_between(a) mkstr(a)\n' +
          '#define join(c, d) in_between(c hash_hash d)\njoin(x, y)',
      ),
    ).toBe('"x ## y"');
    expect(expand('#define t(x,y,z) x ## y ## z\nt(1,2,3) t(,4,5) t(6,,7) t(8,9,) t(10,,) t(,11,) t(,,12) t(,,)')).toBe(
      '123 45 67 89 10 11 12',
    );
  });

  test('variadic macros', () => {
    const text = `
#define debug(...) fprintf(stderr, __VA_ARGS__)
#define showlist(...) puts(#__VA_ARGS__)
#define report(test, ...) ((test)?puts(#test): printf(__VA_ARGS__))
debug("X = %d\\n", x);
showlist(The first, second, and third items.);
report(x>y, "x is %d but y is %d", x, y);`;
    expect(expand(text)).toBe(
      'fprintf ( stderr , "X = %d\\n" , x ) ; puts ( "The first, second, and third items." ) ; ' +
        '( ( x > y ) ? puts ( "x>y" ) : printf ( "x is %d but y is %d" , x , y ) ) ;',
    );
  });
});

describe('GNU extensions', () => {
  test('the comma goes with variadic arguments that are left out', () => {
    const text =
      '#define e(f, ...) p(f, ##__VA_ARGS__)\n#define n(f, a...) p(f, ##a)\n#define o(...) p(x, ##__VA_ARGS__)\n';
    expect(expand(`${text}e(1) e(1,) e(1,2,3) n(1) n(1,2) o() o(1)`)).toBe(
      'p ( 1 ) p ( 1 , ) p ( 1 , 2 , 3 ) p ( 1 ) p ( 1 , 2 ) p ( x ) p ( x , 1 )',
    );
    expect(expand('#define f(x, args...) g(x, ##args)\nf(1, f(2,3))')).toBe('g ( 1 , f ( 2 , 3 ) )');
  });

  test('__VA_OPT__', () => {
    expect(expand('#define F(a, ...) f(0 __VA_OPT__(,) __VA_ARGS__)\nF(a) F(a,) F(a,b) F(a,,)')).toBe(
      'f ( 0 ) f ( 0 ) f ( 0 , b ) f ( 0 , , )',
    );
    expect(expand('#define G(x, ...) x ## __VA_OPT__(y) z\nG(a) G(a,b)')).toBe('a z ay z');
    expect(expand('#define H(...) __VA_OPT__(a b) ## c\nH() H(1)')).toBe('c a bc');
  });

  test('__COUNTER__, __LINE__, __FILE__ and their kin', () => {
    expect(expand('__COUNTER__ __COUNTER__\n__LINE__ __FILE__ __BASE_FILE__ __INCLUDE_LEVEL__')).toBe(
      '0 1 2 "/t/a.c" "/t/a.c" 0',
    );
    const text = '#define F(a,b) __LINE__ a b __LINE__\n#define ID(x) x\nF(1,\n__LINE__\n)\nID(F(1,\n2\n)\n)';
    expect(expand(text)).toBe('3 1 4 3 6 1 2 6');
    // gcc has the line where the outermost call begins, clang the one where it ends.
    const clang = { ...request(`${text}\n#define G F\nG\n(1,\n2)`), compiler: { ...compiler, name: 'clang 14' } };
    expect(printed(preprocess(clang, cacheOf()))).toBe('5 1 4 5 8 1 2 8 13 1 2 13');
    expect(expand('#line 40 "b.h"\n__LINE__ __FILE__\n__LINE__')).toBe('40 "b.h" 41');
  });

  test('push_macro and pop_macro', () => {
    const text = '#define A 1\n#pragma push_macro("A")\n#undef A\n#define A 2\nA\n#pragma pop_macro("A")\nA';
    expect(expand(text)).toBe('2 1');
    expect(expand('#pragma push_macro("B")\n#define B 2\nB\n#pragma pop_macro("B")\nB')).toBe('2 B');
  });

  test('_Pragma stands where gcc puts it', () => {
    const text = '#define P _Pragma("GCC x \\"y\\"")\n#define ID(x) x\n#define S(x) #x\n';
    expect(expand(`${text}a ID(b P c) d`)).toBe('a b\n# pragma GCC x "y"\nc d');
    expect(expand(`${text}S(P)\n#pragma pack(push, 1)\nb`)).toBe('"P"\n# pragma pack ( push , 1 )\nb');
    expect(expand('#define S(x) #x\n#define D(x) _Pragma(S(GCC x))\n#define K() D(y)\nK(); _Pragma(S(z))')).toBe(
      '# pragma GCC y\n;\n# pragma z',
    );
  });

  test('what the compiler has', () => {
    expect(expand('__has_attribute(unused) __has_attribute(__unused__) __has_builtin(x)')).toBe('1 1 0');
    expect(expand('#if defined(__has_builtin) && __has_builtin(__builtin_expect)\nyes\n#endif')).toBe('yes');
    expect(expand('#ifdef __has_feature\nyes\n#endif\nno')).toBe('no');
  });
});

describe('expansion', () => {
  test('a painted name stays', () => {
    expect(expand('#define f(x) x f\nf(1)(2)')).toBe('1 f ( 2 )');
    expect(expand('#define a b\n#define b a\na b')).toBe('a b');
    expect(expand('#define foo foo + 1\n#define id(x) x\nid(foo) id(id(foo))')).toBe('foo + 1 foo + 1');
  });

  test('a call is completed by what follows the expansion', () => {
    expect(expand('#define f(x) [x]\n#define g f\n#define h f(1\ng (2) h ) g\n+ f')).toBe('[ 2 ] [ 1 ] f + f');
    expect(expand('#define NIL(x) x\n#define G0(a) NIL(G1)(a)\n#define G1(a) NIL(a)\nG0(42)')).toBe('42');
  });

  test('a call does not go on behind the end of its file', () => {
    const unit = unitOf('#define f(x) [x]\n#include "h.h"\n(1)', { '/t/h.h': 'f' });
    expect(unit.problems).toEqual([]);
    expect(expand('#define f(x) [x]\n#include "h.h"\n(1)', { '/t/h.h': 'f' })).toBe('f ( 1 )');
  });

  test('directives among arguments', () => {
    expect(expand('#define f(x, y) [x|y]\nf(1\n#if 1\n+ 2,\n#else\n, 4\n#endif\n#define Z 5\nZ)')).toBe(
      '[ 1 + 2 | 5 ]',
    );
  });

  test('blanks in strings', () => {
    const text = '#define s(x) #x\n#define xs(x) s(x)\n#define E\n#define id(x) x\n#define F(a) (a)\n';
    expect(expand(`${text}xs(a E b) xs(a E(b)) xs(id( a )+id(b) -c) xs(F( 1 )) s( a   "b\\n"  'c' )`)).toBe(
      '"a b" "a (b)" "a+b -c" "(1)" "a \\"b\\\\n\\" \'c\'"',
    );
  });

  test('wrong calls stay and are noted', () => {
    const unit = unitOf('#define f(x, y) [x]\nf(1) ; f(1,2');
    expect(messages(unit)).toEqual([
      "The macro 'f' takes 2 arguments and is given 1.",
      "The arguments of the macro 'f' are not closed: add the missing ')'.",
    ]);
    expect(printed(unit)).toBe('f ; f ( 1 , 2');
    expect(expand('#define p(a,b) a##b\np(+,-) ;')).toBe('+ - ;');
  });

  test('an invocation that never ends takes nothing of what follows with it', () => {
    const text = '#define f(x) [x]\n#define o f\nf(1; f(f(2)\n#ifdef o\nint a; }\n#else\nint b;\n#endif\nf(3);';
    expect(expand(text)).toBe('f ( 1 ; f ( [ 2 ] int a ; } [ 3 ] ;');
    expect(expand(`#define f(x) [x]\n${'f('.repeat(20)}`)).toBe('f ( '.repeat(8).concat('f'));
  });

  test('every token knows the macros that made it', () => {
    const unit = unitOf('#define in(x) y x\n#define out in(a)\nb out');
    const chains = Array.from({ length: unit.count }, (_, i) => {
      const chain = [];
      for (let e = unit.expansion[i] as number; e !== 0; e = unit.expansions.at(e)?.parent ?? 0) {
        chain.push(`${unit.names.text(unit.expansions.at(e)?.name ?? 0)}@${unit.expansions.at(e)?.callOffset}`);
      }
      return [unit.names.text(unit.name[i] as number), unit.offset[i], ...chain];
    });
    expect(chains).toEqual([
      ['b', 36],
      ['y', 14, 'in@30', 'out@38'],
      ['a', 33, 'out@38'],
    ]);
  });
});
