// Sizes of files, as people read them.

const KILOBYTE = 1024;
export const MEGABYTE = 1024 * 1024;

export function megabytes(bytes) {
  return `${(bytes / MEGABYTE).toFixed(1)} MB`;
}

export function fileSize(bytes) {
  return bytes >= MEGABYTE ? megabytes(bytes) : `${Math.max(1, Math.round(bytes / KILOBYTE))} KB`;
}
