/*
 * A preloaded library that makes disks fail while a program runs.
 *
 * $DISKFAULT_DIRECTORY holds the switches. While `full` exists, there is no room below the path that is
 * its content: writes fail with ENOSPC, and so does making files and folders. While `broken` exists,
 * every read, write and sync below the path that is its content fails with EIO.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name)) dlsym(RTLD_NEXT, #name))

/* Whether the switch is on for the path. */
static int is_on(const char *name, const char *path) {
    char file[PATH_MAX], below[PATH_MAX];
    const char *directory = getenv("DISKFAULT_DIRECTORY");
    if (!directory || snprintf(file, sizeof file, "%s/%s", directory, name) >= (int) sizeof file) {
        return 0;
    }
    int saved = errno;
    int fd = (int) syscall(SYS_openat, AT_FDCWD, file, O_RDONLY | O_CLOEXEC, 0);
    ssize_t length = fd < 0 ? 0 : syscall(SYS_read, fd, below, sizeof below - 1);
    if (fd >= 0) {
        syscall(SYS_close, fd);
    }
    errno = saved;
    return length > 0 && strncmp(path, below, (size_t) length) == 0;
}

static int failure_at(const char *path, int needs_room) {
    if (is_on("broken", path)) {
        return EIO;
    }
    return needs_room && is_on("full", path) ? ENOSPC : 0;
}

/* The error that a call on the descriptor is to fail with; 0 for none. */
static int failure(int fd, int needs_room) {
    char link[64], path[PATH_MAX];
    struct stat state;
    int saved = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = -1;
    if (fstat(fd, &state) == 0 && (S_ISREG(state.st_mode) || S_ISDIR(state.st_mode))) {
        length = readlink(link, path, sizeof path - 1);
    }
    errno = saved;
    if (length < 0) {
        return 0;
    }
    path[length] = 0;
    return failure_at(path, needs_room);
}

#define FAIL_IF(error)                                                                             \
    do {                                                                                           \
        int found = (error);                                                                       \
        if (found) {                                                                               \
            errno = found;                                                                         \
            return -1;                                                                             \
        }                                                                                          \
    } while (0)

ssize_t write(int fd, const void *bytes, size_t length) {
    FAIL_IF(failure(fd, 1));
    return REAL(write)(fd, bytes, length);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    FAIL_IF(failure(fd, 1));
    return REAL(writev)(fd, parts, count);
}

/* A full disk takes half of what it is given at first, and nothing after that. */
ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) {
    FAIL_IF(failure(fd, 0));
    int none = failure(fd, 1);
    if (none && length > 1) {
        return REAL(pwrite64)(fd, bytes, length / 2, offset);
    }
    FAIL_IF(none);
    return REAL(pwrite64)(fd, bytes, length, offset);
}

ssize_t pread64(int fd, void *bytes, size_t length, off64_t offset) {
    FAIL_IF(failure(fd, 0));
    return REAL(pread64)(fd, bytes, length, offset);
}

int fsync(int fd) {
    FAIL_IF(failure(fd, 0));
    return REAL(fsync)(fd);
}

int fdatasync(int fd) {
    FAIL_IF(failure(fd, 0));
    return REAL(fdatasync)(fd);
}

static int open_if_whole(const char *path, int flags, mode_t mode) {
    struct stat state;
    int saved = errno;
    int makes = (flags & O_CREAT) && stat(path, &state) != 0;
    errno = saved;
    FAIL_IF(failure_at(path, makes));
    return (int) syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

#define OPEN_BODY                                                                                  \
    mode_t mode = 0;                                                                               \
    if (flags & O_CREAT) {                                                                         \
        va_list arguments;                                                                         \
        va_start(arguments, flags);                                                                \
        mode = va_arg(arguments, mode_t);                                                          \
        va_end(arguments);                                                                         \
    }                                                                                              \
    return open_if_whole(path, flags, mode);

int open(const char *path, int flags, ...) { OPEN_BODY }
int open64(const char *path, int flags, ...) { OPEN_BODY }

int mkdir(const char *path, mode_t mode) {
    FAIL_IF(failure_at(path, 1));
    return (int) syscall(SYS_mkdirat, AT_FDCWD, path, mode);
}

int statvfs64(const char *path, struct statvfs64 *state) {
    int result = REAL(statvfs64)(path, state);
    if (result == 0 && is_on("full", path)) {
        state->f_bfree = 0;
        state->f_bavail = 0;
    }
    return result;
}

int statvfs(const char *path, struct statvfs *state) {
    int result = REAL(statvfs)(path, state);
    if (result == 0 && is_on("full", path)) {
        state->f_bfree = 0;
        state->f_bavail = 0;
    }
    return result;
}
