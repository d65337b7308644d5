/** A file to begin with: the heading that is needed, and one line of each kind. */
export const IMPORT_EXAMPLE = [
  "name,email,code,team,role",
  "Mia Wong,mia.wong@example.org,INT2607,Support,employee",
  "Tom Berger,tom.berger@example.org,INT2608,Support,manager",
].join("\r\n");

/** The hub's own bound, in lines and in bytes of a request. */
export const IMPORT_ROWS_MAX = 1000;
export const IMPORT_BYTES_MAX = 200 * 1024;
