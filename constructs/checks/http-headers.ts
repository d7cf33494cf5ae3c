const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Whether the text can be the name of a header (RFC 9110, "Field names"). */
export function isHeaderName(name: string): boolean {
  return NAME.test(name);
}

/** Whether the text can be the value of a header (RFC 9110, "Field values"). */
export function isHeaderValue(value: string): boolean {
  return !/[\p{Cc}]/u.test(value.replaceAll('\t', ' '));
}
