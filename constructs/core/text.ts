/** A string that may be empty or blank. Any other string of the props is a name or a value, and says something: the schema refuses it blank. */
export type Text = string;
