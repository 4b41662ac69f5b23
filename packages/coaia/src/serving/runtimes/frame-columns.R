# The columns of frames: bytes to values that R predicts from, and answers to bytes. Sourced by the worker of one model.

# Columns in.

read_integers <- function(bytes, n, ...) readBin(bytes, "integer", n, endian = "little", ...)
read_doubles <- function(bytes, n, ...) readBin(bytes, "double", n, endian = "little", ...)
# Quarters of 16 bits: as an integer of R, 2^31 would be NA.
read_long <- function(bytes, n, parts, is_signed) {
  quarters <- matrix(read_integers(bytes, parts * n, size = 2L, signed = FALSE), parts)
  if (is_signed) quarters[parts, ] <- quarters[parts, ] - ifelse(quarters[parts, ] < 2^15, 0, 2^16)
  colSums(quarters * 2^(16 * (seq_len(parts) - 1L)))
}
read_texts <- function(bytes, n) {
  texts <- character(n)
  at <- 0L
  for (i in seq_len(n)) {
    length <- readBin(bytes[at + 1:4], "integer", endian = "little")
    at <- at + 4L
    if (length > 0L) {
      text <- bytes[at + seq_len(length)]
      if (any(text == 0L)) stop(failure("input", "a text has the character NUL, which R cannot hold"))
      texts[i] <- rawToChar(text)
    }
    at <- at + length
  }
  Encoding(texts) <- "UTF-8"
  texts
}

# Every byte of a request is read before any of it is looked at: what cannot be used spoils no other request.
read_column <- function(one, bytes) {
  n <- one$count
  values <- switch(one$datatype,
    FP64 = read_doubles(bytes, n),
    FP32 = read_doubles(bytes, n, size = 4L),
    INT8 = read_integers(bytes, n, size = 1L),
    INT16 = read_integers(bytes, n, size = 2L),
    INT32 = read_long(bytes, n, 2L, TRUE),
    INT64 = read_long(bytes, n, 4L, TRUE),
    UINT8 = read_integers(bytes, n, size = 1L, signed = FALSE),
    UINT16 = read_integers(bytes, n, size = 2L, signed = FALSE),
    UINT32 = read_long(bytes, n, 2L, FALSE),
    UINT64 = read_long(bytes, n, 4L, FALSE),
    BOOL = as.logical(bytes),
    BYTES = read_texts(bytes, n),
    stop("a column of ", one$datatype, " cannot be read")
  )
  if (one$datatype %in% c("INT64", "UINT64") && any(abs(values) >= 2^53))
    stop(failure("input", "it has whole numbers beyond 2^53, which R cannot hold exactly; send them as text"))
  values[one$missing] <- NA
  if (one$rank > 1L) matrix(values, ncol = one$width, byrow = TRUE) else values
}

# The classes that the model was fitted on decide; without them the signature does.
type_column <- function(field, values, fitted, style) {
  class <- if (is.null(fitted$classes[field$name])) NA else unname(fitted$classes[field$name])
  levels <- as.character(unlist(field$levels))
  if (length(levels) == 0L) levels <- fitted$levels[[field$name]]
  is_factor <- if (is.na(class)) field$type == "category" && is.character(values) && style != "row"
               else class %in% c("factor", "ordered")
  if (is_factor) return(factor(as.character(values), levels, ordered = class %in% "ordered"))
  switch(field$type,
    integer = if (all(abs(values) < 2^31, na.rm = TRUE)) structure(as.integer(values), dim = dim(values)) else values,
    boolean = as.logical(values),
    date = as.Date(values, format = "%Y-%m-%d"),
    datetime = to_moments(values),
    values
  )
}

# Answers out.

write_text <- function(text) {
  bytes <- charToRaw(text)
  c(writeBin(length(bytes), raw(), endian = "little"), bytes)
}
to_plain <- function(values) {
  if (is.factor(values)) as.character(values)
  else if (inherits(values, "Date")) format(values)
  else if (inherits(values, "POSIXt")) format(values, "%Y-%m-%dT%H:%M:%SZ", tz = "UTC")
  else values
}
quoted <- function(text) as.character(jsonlite::toJSON(text, auto_unbox = TRUE))
write_output <- function(name, values, rows, declared) {
  shape <- if (length(dim(values)) > 1L) dim(values) else length(values)
  if (shape[1] != rows) stop(name, " has ", shape[1], " values for ", rows, " rows")
  if (length(shape) > 1L) values <- t(values)
  values <- as.vector(to_plain(values))
  is_number <- if (is.null(declared)) is.logical(values) && all(is.na(values))
               else declared == "FP64" && (is.numeric(values) || is.logical(values))
  if (is_number) values <- as.double(values)
  missing <- if (is.double(values)) integer() else which(is.na(values)) - 1L
  datatype <- switch(typeof(values), double = "FP64", integer = "INT32", logical = "BOOL", character = "BYTES",
    stop(name, " is of type ", typeof(values), ", which is no column"))
  values[missing + 1L] <- switch(datatype, BYTES = "", BOOL = FALSE, 0L)
  tail <- switch(datatype,
    BYTES = { texts <- unique(values); unlist(lapply(enc2utf8(texts), write_text)[match(values, texts)]) },
    BOOL = as.raw(values), writeBin(values, raw(), endian = "little"))
  parameters <- paste0('{"binary_data_size":', length(tail),
    if (length(missing) > 0L) paste0(',"missing":[', paste(missing, collapse = ","), "]"), "}")
  head <- paste0('{"name":', quoted_name(name), ',"datatype":"', datatype, '","shape":[',
    paste(format(shape, scientific = FALSE, trim = TRUE), collapse = ","), '],"parameters":', parameters, "}")
  list(head = head, tail = tail)
}
names_seen <- new.env()
quoted_name <- function(name) {
  if (is.null(names_seen[[name]])) names_seen[[name]] <- quoted(name)
  names_seen[[name]]
}

to_outputs <- function(result, is_object = FALSE) {
  if (is.data.frame(result) || (is.list(result) && !is.null(names(result)))) return(as.list(result))
  if (is_object && is.factor(result)) list(label = result) else list(prediction = result)
}
