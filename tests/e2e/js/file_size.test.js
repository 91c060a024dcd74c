import { fileSize, megabytes } from "/static/js/upload/file_size.js";
import { equal } from "./check.js";

export function sizes_are_shown_as_people_read_them() {
  equal([0, 1, 1024, 1536, 1024 * 1024 - 1].map(fileSize), ["1 KB", "1 KB", "1 KB", "2 KB", "1024 KB"]);
  equal([fileSize(1024 * 1024), fileSize(2.55 * 1024 * 1024), megabytes(512 * 1024)], ["1.0 MB", "2.5 MB", "0.5 MB"]);
}
