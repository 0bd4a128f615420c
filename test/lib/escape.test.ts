import { expect, it } from 'vitest';
import { markupText, workflowMessage, workflowProperty } from '../../src/lib/escape.ts';

it.each([
  ['<script>alert("x")</script>', '&#60;script&#62;alert(&#34;x&#34;)&#60;/script&#62;'],
  ["' onload='x", '&#39; onload=&#39;x'],
  ['a & b\n`c`', 'a &#38; b\n&#96;c&#96;'],
  [']]>\u0000\u0008\ufffe\uffff\u001b[2J\ud800', ']]&#62;\ufffd'],
])('markup holds %j as text', (text, expected) => {
  expect(markupText(text)).toBe(expected);
});

it('a workflow command is one line, and holds what it is given', () => {
  expect(workflowMessage('100%\r\n::error::x')).toBe('100%25%0A: :error::x');
  expect(workflowProperty('a,line=1::x\n')).toBe('a%2Cline=1%3A%3Ax');
});
