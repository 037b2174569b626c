/*
 * Records, in order, everything that a process asks the system to put on a disk: loaded before its libraries
 * (LD_PRELOAD), it writes down each creation, write, truncation, sync, rename and removal below RECORD_BELOW into the
 * file RECORD_TO. One call at a time, so that the order of the record is the order of what happened.
 *
 * A record: operation (1 byte), file (inode, 8), offset (8), length of the path (4), of the second path (4) and of the
 * bytes (4), little-endian; then these three.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST 65536
static unsigned char watched[MOST];
static int record = -1;
static char below[PATH_MAX];
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

#define REAL(type, name, ...)                                   \
  static type (*real)(__VA_ARGS__);                             \
  if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

static void put(const void *bytes, size_t length) {
  const char *at = bytes;
  while (length > 0) {
    ssize_t done = syscall(SYS_write, record, at, length);
    if (done < 0) abort();
    at += done;
    length -= (size_t)done;
  }
}

static void note(char operation, uint64_t file, uint64_t offset, const char *path, const char *other,
                 const void *bytes, uint32_t length) {
  uint32_t first = path ? (uint32_t)strlen(path) : 0, second = other ? (uint32_t)strlen(other) : 0;
  put(&operation, 1);
  put(&file, 8);
  put(&offset, 8);
  put(&first, 4);
  put(&second, 4);
  put(&length, 4);
  if (first) put(path, first);
  if (second) put(other, second);
  if (length) put(bytes, length);
}

static int isBelow(const char *path) { return record >= 0 && path && strncmp(path, below, strlen(below)) == 0; }
static int isWatched(int fd) { return record >= 0 && fd >= 0 && fd < MOST && watched[fd]; }

static uint64_t inodeOf(int fd) {
  struct stat state;
  return fstat(fd, &state) == 0 ? (uint64_t)state.st_ino : 0;
}

__attribute__((constructor)) static void begin(void) {
  const char *to = getenv("RECORD_TO"), *what = getenv("RECORD_BELOW");
  unsetenv("LD_PRELOAD"); /* what this process starts is not recorded */
  if (!to || !what) return;
  snprintf(below, sizeof below, "%s", what);
  record = (int)syscall(SYS_openat, AT_FDCWD, to, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int opened(int (*real)(const char *, int, ...), const char *path, int flags, mode_t mode) {
  if (!isBelow(path)) return real(path, flags, mode);
  pthread_mutex_lock(&turn);
  struct stat before;
  int existed = stat(path, &before) == 0;
  int fd = real(path, flags, mode);
  int failure = errno;
  if (fd >= 0 && fd < MOST) {
    watched[fd] = 1;
    if (!existed) note('c', inodeOf(fd), 0, path, NULL, NULL, 0);
    else if (flags & O_TRUNC) note('t', inodeOf(fd), 0, path, NULL, NULL, 0);
  }
  pthread_mutex_unlock(&turn);
  errno = failure;
  return fd;
}

#define OPEN(name)                                                    \
  int name(const char *path, int flags, ...) {                        \
    static int (*real)(const char *, int, ...);                       \
    if (!real) real = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, #name); \
    va_list rest;                                                     \
    va_start(rest, flags);                                            \
    mode_t mode = (flags & O_CREAT) ? va_arg(rest, mode_t) : 0;       \
    va_end(rest);                                                     \
    return opened(real, path, flags, mode);                           \
  }
OPEN(open)
OPEN(open64)

int close(int fd) {
  REAL(int, "close", int);
  if (fd >= 0 && fd < MOST) watched[fd] = 0;
  return real(fd);
}

/* After a write at the file's own position: where it began is where it stands now less what was written. */
static uint64_t beganAt(int fd, ssize_t done) { return (uint64_t)(lseek(fd, 0, SEEK_CUR) - done); }

ssize_t write(int fd, const void *bytes, size_t length) {
  REAL(ssize_t, "write", int, const void *, size_t);
  if (!isWatched(fd)) return real(fd, bytes, length);
  pthread_mutex_lock(&turn);
  ssize_t done = real(fd, bytes, length);
  int failure = errno;
  if (done > 0) note('w', inodeOf(fd), beganAt(fd, done), NULL, NULL, bytes, (uint32_t)done);
  pthread_mutex_unlock(&turn);
  errno = failure;
  return done;
}

#define PWRITE(name)                                                             \
  ssize_t name(int fd, const void *bytes, size_t length, off_t offset) {         \
    REAL(ssize_t, #name, int, const void *, size_t, off_t);                      \
    if (!isWatched(fd)) return real(fd, bytes, length, offset);                  \
    pthread_mutex_lock(&turn);                                                   \
    ssize_t done = real(fd, bytes, length, offset);                              \
    int failure = errno;                                                         \
    if (done > 0) note('w', inodeOf(fd), (uint64_t)offset, NULL, NULL, bytes, (uint32_t)done); \
    pthread_mutex_unlock(&turn);                                                 \
    errno = failure;                                                             \
    return done;                                                                 \
  }
PWRITE(pwrite)
PWRITE(pwrite64)

static void noteVectors(int fd, const struct iovec *vectors, int count, uint64_t offset, ssize_t done) {
  for (int index = 0; index < count && done > 0; index++) {
    size_t length = vectors[index].iov_len < (size_t)done ? vectors[index].iov_len : (size_t)done;
    note('w', inodeOf(fd), offset, NULL, NULL, vectors[index].iov_base, (uint32_t)length);
    offset += length;
    done -= (ssize_t)length;
  }
}

ssize_t writev(int fd, const struct iovec *vectors, int count) {
  REAL(ssize_t, "writev", int, const struct iovec *, int);
  if (!isWatched(fd)) return real(fd, vectors, count);
  pthread_mutex_lock(&turn);
  ssize_t done = real(fd, vectors, count);
  int failure = errno;
  if (done > 0) noteVectors(fd, vectors, count, beganAt(fd, done), done);
  pthread_mutex_unlock(&turn);
  errno = failure;
  return done;
}

#define PWRITEV(name)                                                            \
  ssize_t name(int fd, const struct iovec *vectors, int count, off_t offset) {   \
    REAL(ssize_t, #name, int, const struct iovec *, int, off_t);                 \
    if (!isWatched(fd)) return real(fd, vectors, count, offset);                 \
    pthread_mutex_lock(&turn);                                                   \
    ssize_t done = real(fd, vectors, count, offset);                             \
    int failure = errno;                                                         \
    if (done > 0) noteVectors(fd, vectors, count, (uint64_t)offset, done);       \
    pthread_mutex_unlock(&turn);                                                 \
    errno = failure;                                                             \
    return done;                                                                 \
  }
PWRITEV(pwritev)
PWRITEV(pwritev64)

#define TRUNCATE(name)                                                           \
  int name(int fd, off_t length) {                                               \
    REAL(int, #name, int, off_t);                                                \
    if (!isWatched(fd)) return real(fd, length);                                 \
    pthread_mutex_lock(&turn);                                                   \
    int result = real(fd, length);                                               \
    int failure = errno;                                                         \
    if (result == 0) note('t', inodeOf(fd), (uint64_t)length, NULL, NULL, NULL, 0); \
    pthread_mutex_unlock(&turn);                                                 \
    errno = failure;                                                             \
    return result;                                                               \
  }
TRUNCATE(ftruncate)
TRUNCATE(ftruncate64)

/* What a sync promises holds from its end on; the folder's path tells the syncs of folders from those of files. */
static int synced(int (*real)(int), int fd) {
  if (!isWatched(fd)) return real(fd);
  pthread_mutex_lock(&turn);
  int result = real(fd);
  int failure = errno;
  struct stat state;
  if (result == 0 && fstat(fd, &state) == 0) {
    char link[64], path[PATH_MAX] = "";
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length > 0) path[length] = 0;
    note(S_ISDIR(state.st_mode) ? 'd' : 's', (uint64_t)state.st_ino, 0, path, NULL, NULL, 0);
  }
  pthread_mutex_unlock(&turn);
  errno = failure;
  return result;
}

int fsync(int fd) {
  REAL(int, "fsync", int);
  return synced(real, fd);
}

int fdatasync(int fd) {
  REAL(int, "fdatasync", int);
  return synced(real, fd);
}

int rename(const char *from, const char *to) {
  REAL(int, "rename", const char *, const char *);
  if (!isBelow(from)) return real(from, to);
  pthread_mutex_lock(&turn);
  int result = real(from, to);
  int failure = errno;
  if (result == 0) note('r', 0, 0, from, to, NULL, 0);
  pthread_mutex_unlock(&turn);
  errno = failure;
  return result;
}

int unlink(const char *path) {
  REAL(int, "unlink", const char *);
  if (!isBelow(path)) return real(path);
  pthread_mutex_lock(&turn);
  int result = real(path);
  int failure = errno;
  if (result == 0) note('u', 0, 0, path, NULL, NULL, 0);
  pthread_mutex_unlock(&turn);
  errno = failure;
  return result;
}
