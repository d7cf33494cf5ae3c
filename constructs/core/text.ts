/** A string that may be empty or blank. The schema refuses a blank value for every other string in the props. */
export type Text = string;
