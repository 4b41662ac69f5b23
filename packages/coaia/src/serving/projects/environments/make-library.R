# Copies packages and all they need from the libraries of this R into a folder: `Rscript make-library.R FOLDER NAMES...`.
# Prints one line for each: `copied NAME VERSION` or `missing NAME`. Base R only; nothing is loaded from a network.
args <- commandArgs(TRUE)
target <- args[1]
installed <- utils::installed.packages(lib.loc = setdiff(.libPaths(), normalizePath(target)))
installed <- installed[!duplicated(rownames(installed)), , drop = FALSE]
own <- rownames(installed)[installed[, "Priority"] %in% "base"]
known <- intersect(args[-1], rownames(installed))
needed <- unlist(tools::package_dependencies(known, db = installed, which = c("Depends", "Imports", "LinkingTo"),
  recursive = TRUE))
for (name in setdiff(unique(c(args[-1], needed)), own)) {
  if (!name %in% rownames(installed)) {
    cat("missing", name, "\n")
    next
  }
  done <- file.copy(file.path(installed[name, "LibPath"], name), target, recursive = TRUE)
  if (!isTRUE(done)) stop("the package ", name, " could not be copied")
  cat("copied", name, installed[name, "Version"], "\n")
}
