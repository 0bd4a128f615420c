import { expect, it } from 'vitest';
import { markdownText, markupText, workflowMessage, workflowProperty } from '../../src/lib/escape.ts';

it.each([
  ['<script>alert("x")</script>', '&#60;script&#62;alert(&#34;x&#34;)&#60;/script&#62;'],
  ["' onload='x", '&#39; onload=&#39;x'],
  ['a & b\n`c`', 'a &#38; b\n&#96;c&#96;'],
  [']]>\u0000\u0008\ufffe\uffff\u001b[2J\ud800', ']]&#62;\ufffd'],
])('markup holds %j as text', (text, expected) => {
  expect(markupText(text)).toBe(expected);
});

it.each([
  ['[x](javascript:alert(1))', '\\[x\\]\\(javascript:alert\\(1\\)\\)'],
  ['![x](http://e.example/?a)', '\\!\\[x\\]\\(http&#58;//e.example/?a\\)'],
  ['<img src=x onerror=y>', '&lt;img src=x onerror=y&gt;'],
  ['# heading\n- list', '&#35; heading - list'],
  ['- item', '\\- item'],
  ['1. item', '1\\. item'],
  ['1) item', '1\\) item'],
  ['=====', '\\====='],
  [
    'closes #1 and GH-2 for @you, see www.e.example',
    'closes &#35;1 and GH&#45;2 for &#64;you, see www&#46;e.example',
  ],
  ['a | b `c` *d* _e_ ~f~ $g$', 'a \\| b \\`c\\` \\*d\\* \\_e\\_ \\~f\\~ \\$g\\$'],
  ['&copy; \\<', '&amp;copy; \\\\&lt;'],
])('markdown holds %j as text', (text, expected) => {
  expect(markdownText(text)).toBe(expected);
});

it('a workflow command is one line, and holds what it is given', () => {
  expect(workflowMessage('100%\r\n::error::x')).toBe('100%25%0A: :error::x');
  expect(workflowProperty('a,line=1::x\n')).toBe('a%2Cline=1%3A%3Ax');
});
