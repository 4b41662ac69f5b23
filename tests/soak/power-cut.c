/*
 * A disk that forgets: preloaded into a process, it keeps under POWER_CUT_SHADOW a copy of every file below
 * POWER_CUT_LIVE as of its last fsync or fdatasync. Killing the process and going on with the copy is what a
 * power cut leaves behind. Names are durable at once: the copy follows links, renames and removals; contents are
 * not.
 *
 *   cc -O2 -shared -fPIC -o power-cut.so power-cut.c -ldl -lpthread
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_FILES 256
#define BLOCK 4096

/* Blocks written since the last sync, one bit each. */
struct file {
  char name[PATH_MAX];
  unsigned char *dirty;
  size_t bytes;
};

static struct file files[MAX_FILES];
static int file_count;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *live, *shadow;

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static int is_ready(void) {
  if (!live) live = getenv("POWER_CUT_LIVE");
  if (!shadow) shadow = getenv("POWER_CUT_SHADOW");
  return live && shadow;
}

/* Path below the live folder, or NULL for files that are none of ours. */
static const char *inside(const char *path) {
  size_t length = is_ready() ? strlen(live) : 0;
  if (!length || strncmp(path, live, length) || path[length] != '/') return NULL;
  return path + length + 1;
}

static const char *name_of(int fd, char *buffer) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, buffer, PATH_MAX - 1);
  if (length <= 0) return NULL;
  buffer[length] = 0;
  return inside(buffer);
}

static struct file *find(const char *name, int create) {
  for (int i = 0; i < file_count; i++)
    if (!strcmp(files[i].name, name)) return &files[i];
  if (!create || file_count == MAX_FILES) return NULL;
  struct file *file = &files[file_count++];
  snprintf(file->name, sizeof file->name, "%s", name);
  return file;
}

static void mark(int fd, off_t offset, size_t length) {
  char buffer[PATH_MAX];
  const char *name = name_of(fd, buffer);
  if (!name || !length) return;
  pthread_mutex_lock(&lock);
  struct file *file = find(name, 1);
  size_t last = (offset + length - 1) / BLOCK, need = last / 8 + 1;
  if (file && need > file->bytes) {
    file->dirty = realloc(file->dirty, need * 2);
    memset(file->dirty + file->bytes, 0, need * 2 - file->bytes);
    file->bytes = need * 2;
  }
  for (size_t block = offset / BLOCK; file && block <= last; block++)
    file->dirty[block / 8] |= 1 << (block % 8);
  pthread_mutex_unlock(&lock);
}

static void keep(int fd) {
  char buffer[PATH_MAX], target[PATH_MAX * 2], block[BLOCK];
  const char *name = name_of(fd, buffer);
  if (!name) return;
  int (*open_real)(const char *, int, ...) = real("open");
  ssize_t (*pwrite_real)(int, const void *, size_t, off_t) = real("pwrite");
  pthread_mutex_lock(&lock);
  struct file *file = find(name, 1);
  snprintf(target, sizeof target, "%s/%s", shadow, name);
  /* A file that came here under another name (link, rename from outside) is copied whole. */
  int is_new = access(target, F_OK) != 0;
  int copy = open_real(target, O_CREAT | O_RDWR, 0600);
  /* The descriptor that was synced may be for writing only. */
  int source = open_real(buffer, O_RDONLY);
  struct stat status;
  if (file && copy >= 0 && source >= 0 && !fstat(fd, &status)) {
    if (ftruncate(copy, status.st_size)) abort();
    size_t blocks = is_new ? (size_t)status.st_size / BLOCK + 1 : file->bytes * 8;
    for (size_t i = 0; i < blocks; i++) {
      if (!is_new && !(file->dirty[i / 8] & (1 << (i % 8)))) continue;
      ssize_t got = pread(source, block, BLOCK, (off_t)i * BLOCK);
      if (got > 0 && pwrite_real(copy, block, got, (off_t)i * BLOCK) != got) abort();
    }
    if (file->bytes) memset(file->dirty, 0, file->bytes);
  }
  if (source >= 0) close(source);
  if (copy >= 0) close(copy);
  pthread_mutex_unlock(&lock);
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) {
  ssize_t (*next)(int, const void *, size_t, off_t) = real("pwrite");
  ssize_t done = next(fd, data, length, offset);
  if (done > 0) mark(fd, offset, done);
  return done;
}

ssize_t pwrite64(int fd, const void *data, size_t length, off_t offset) {
  return pwrite(fd, data, length, offset);
}

ssize_t write(int fd, const void *data, size_t length) {
  ssize_t (*next)(int, const void *, size_t) = real("write");
  ssize_t done = next(fd, data, length);
  off_t end = done > 0 ? lseek(fd, 0, SEEK_CUR) : -1;
  if (end >= 0) mark(fd, end - done, done);
  return done;
}

int fsync(int fd) {
  int (*next)(int) = real("fsync");
  int result = next(fd);
  if (!result) keep(fd);
  return result;
}

int fdatasync(int fd) {
  int (*next)(int) = real("fdatasync");
  int result = next(fd);
  if (!result) keep(fd);
  return result;
}

int unlink(const char *path) {
  int (*next)(const char *) = real("unlink");
  int result = next(path);
  const char *name = inside(path);
  if (!result && name) {
    char target[PATH_MAX * 2];
    snprintf(target, sizeof target, "%s/%s", shadow, name);
    next(target);
    pthread_mutex_lock(&lock);
    struct file *file = find(name, 0);
    if (file && file->bytes) memset(file->dirty, 0, file->bytes);
    pthread_mutex_unlock(&lock);
  }
  return result;
}

int rename(const char *from, const char *to) {
  int (*next)(const char *, const char *) = real("rename");
  int result = next(from, to);
  const char *old = inside(from), *new = inside(to);
  if (!result && old && new) {
    char source[PATH_MAX * 2], target[PATH_MAX * 2];
    snprintf(source, sizeof source, "%s/%s", shadow, old);
    snprintf(target, sizeof target, "%s/%s", shadow, new);
    next(source, target);
  }
  return result;
}

int link(const char *from, const char *to) {
  int (*next)(const char *, const char *) = real("link");
  int result = next(from, to);
  const char *old = inside(from), *new = inside(to);
  if (!result && old && new) {
    char source[PATH_MAX * 2], target[PATH_MAX * 2];
    snprintf(source, sizeof source, "%s/%s", shadow, old);
    snprintf(target, sizeof target, "%s/%s", shadow, new);
    next(source, target);
  }
  return result;
}
