# Says who this R is and which of the named packages it has, without loading any of them. Base R only.
# Packages of R itself have no version of their own.
own <- c("base", "compiler", "datasets", "grDevices", "graphics", "grid", "methods", "parallel", "splines", "stats",
  "stats4", "tcltk", "tools", "utils")
names <- setdiff(commandArgs(TRUE), own)
standard <- intersect(commandArgs(TRUE), own)
quote_text <- function(text) paste0("\"", gsub("([\"\\\\])", "\\\\\\1", text), "\"")
find_version <- function(name) {
  path <- find.package(name, quiet = TRUE)
  if (length(path) == 0) "null" else quote_text(as.character(utils::packageVersion(name)))
}
versions <- vapply(names, find_version, "")
pairs <- if (length(names)) paste0(vapply(names, quote_text, ""), ":", versions, collapse = ",") else ""
path <- file.path(R.home("bin"), "Rscript")
cat("{\"path\":", quote_text(path), ",\"version\":", quote_text(as.character(getRversion())), ",\"packages\":{", pairs, "},\"standard\":[", paste(vapply(standard, quote_text, ""), collapse = ","), "]}", sep = "")
