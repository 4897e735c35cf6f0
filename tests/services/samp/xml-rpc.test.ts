import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SampValue } from '../../../src/services/samp/samp-value.ts';
import { takes, textIn } from '../../../src/services/samp/samp-value.ts';
import { callText, faultResponseText, parseXmlRpc, responseText } from '../../../src/services/samp/xml-rpc.ts';

const call = (value: string): string =>
  `<methodCall><methodName>m</methodName><params><param>${value}</param></params></methodCall>`;

describe('XML-RPC of a stranger', () => {
  test.each([
    ['nothing', ''],
    ['no XML', 'hello'],
    ['an HTML page', '<html><body>Not found</body></html>'],
    ['an element that is not closed', '<methodCall><methodName>m'],
    ['a call of nothing', '<methodCall></methodCall>'],
    ['a parameter without a value', '<methodCall><methodName>m</methodName><params><param/></params></methodCall>'],
    ['a date, which SAMP does not know', call('<value><dateTime.iso8601>20260101T00:00:00</dateTime.iso8601></value>')],
    ['a DOCTYPE', `<!DOCTYPE a [<!ENTITY b "c">]>${call('<value>x</value>')}`],
    ['an entity of its own', call('<value>&b;</value>')],
    ['a file as an entity', `<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>${call('<value>&b;</value>')}`],
    ['lists in lists without end', call('<value><array><data>'.repeat(50) + '</data></array></value>'.repeat(50))],
  ])('that is %s is refused', (_, text) => {
    expect(() => parseXmlRpc(text)).toThrow(/^it |has no/);
  });

  test('with a key that JavaScript gives a meaning to is a map like any other', () => {
    const member = '<member><name>__proto__</name><value>x</value></member>';
    const document = parseXmlRpc(call(`<value><struct>${member}</struct></value>`));
    expect(document).toMatchObject({ kind: 'call', method: 'm' });
    const [map] = document.kind === 'call' ? document.params : [];
    expect(Object.getPrototypeOf(map)).toBe(Object.prototype);
    expect(textIn(map as Record<string, SampValue>, '__proto__')).toBe('x');
    expect(textIn({}, 'toString')).toBeUndefined();
  });

  test('that sends numbers as numbers is understood, though SAMP sends them as text', () => {
    const value =
      '<value><array><data><value><int> 4</int></value><value><boolean>1</boolean></value></data></array></value>';
    expect(parseXmlRpc(call(value))).toMatchObject({ params: [['4', '1']] });
  });

  test('that refuses says why', () => {
    expect(parseXmlRpc(faultResponseText('no <such> client'))).toEqual({ kind: 'fault', why: 'no <such> client' });
  });
});

/** Texts that SAMP allows; XML turns a carriage return into a line feed. */
const sampText = fc.string({
  unit: fc.constantFrom('\t', '\n', ' ', '!', '"', '&', "'", '<', '>', ']', 'a', 'Z', '0', '~'),
  maxLength: 20,
});
const sampValue = fc.letrec<{ value: SampValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    sampText,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: fc.constantFrom('a', 'b', '.', '-', '&', '<') }), tie('value'), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
  ),
})).value;

describe('XML-RPC of ours', () => {
  test('is read back as it was written, whatever it holds', () => {
    fc.assert(
      fc.property(fc.array(sampValue, { maxLength: 3 }), (params) => {
        expect(parseXmlRpc(callText('samp.hub.notify', params))).toEqual({
          kind: 'call',
          method: 'samp.hub.notify',
          params,
        });
      }),
    );
    fc.assert(
      fc.property(sampValue, (value) => {
        expect(parseXmlRpc(responseText(value))).toEqual({ kind: 'response', value });
      }),
    );
  });

  test('holds ASCII only, as SAMP demands', () => {
    expect(parseXmlRpc(responseText('α 3″\u0000'))).toEqual({ kind: 'response', value: '? 3??' });
  });
});

test.each([
  ['table.load.fits', ['table.load.fits'], true],
  ['table.load.fits', ['table.*'], true],
  ['table.load.fits', ['*'], true],
  ['tables.load', ['table.*'], false],
  ['table.load', ['table.load.fits'], false],
  ['table.load.fits', [], false],
])('a program takes %s with the subscriptions %j: %s', (mtype, subscriptions, expected) => {
  expect(takes(subscriptions, mtype)).toBe(expected);
});
