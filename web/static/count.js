// The counting rule of package moderation (Normalize and Count), to the letter, for the page's counter.
// Both are held to the same cases (cases/characters.json).

/** The greatest length of a comment, in user-perceived characters. */
export const LIMIT = 250;

const LINE_BREAK = /\r\n?/g;
const INVISIBLE = new RegExp(
  "(?![\\n\\r])\\p{Cc}|[\\u00AD\\u061C\\u115F\\u1160\\u180E\\u200B\\u200E\\u200F\\u202A-\\u202E" +
  "\\u2060-\\u2064\\u2066-\\u2069\\u3164\\uFEFF\\uFFA0\\u{E0000}-\\u{E001F}]", "gu");
// An emoji with its skin tones, VS16 and tags is kept whole ($1); any other tag characters are hidden text.
const TAGS = /(\p{Extended_Pictographic}[\u{1F3FB}-\u{1F3FF}\uFE0F\u{E0020}-\u{E007F}]*)|[\u{E0020}-\u{E007F}]+/gu;
const WHITE_SPACE = /\p{White_Space}/u;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The text as the server stores it. */
export function normalize(text) {
  text = text.toWellFormed()
    .replaceAll("\t", " ")
    .replace(INVISIBLE, "")
    .replace(TAGS, "$1")
    .replace(LINE_BREAK, "\n")
    .normalize("NFC");
  return trim(text).replace(/\n{3,}/g, "\n\n");
}

/** The number of user-perceived characters of the normalised text (UAX #29 extended grapheme clusters). */
export function count(text) {
  let n = 0;
  for (const _ of graphemes.segment(normalize(text))) n++;
  return n;
}

// String.prototype.trim is not Unicode's White_Space (it differs at U+FEFF and U+0085), and a pattern ending
// in +$ takes quadratic time. Every White_Space character is one UTF-16 unit.
function trim(text) {
  let start = 0, end = text.length;
  while (start < end && WHITE_SPACE.test(text[start])) start++;
  while (end > start && WHITE_SPACE.test(text[end - 1])) end--;
  return text.slice(start, end);
}
