/*
 * A preloaded library that makes every sync of a disk take SYNCDELAY_MICROS longer, as on a disk
 * that is slower than the one at hand.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name)) system_dlsym(RTLD_NEXT, #name))

static void *system_dlsym(void *library, const char *name) {
    static void *(*real)(void *, const char *);
    if (!real) {
        static const char *versions[] = {"GLIBC_2.34", "GLIBC_2.17", "GLIBC_2.2.5"};
        for (int i = 0; i < 3 && !real; i++) {
            real = (void *(*) (void *, const char *)) dlvsym(RTLD_NEXT, "dlsym", versions[i]);
        }
        if (!real) {
            abort();
        }
    }
    return real(library, name);
}

static int delayed(int result) {
    int saved = errno;
    const char *text = getenv("SYNCDELAY_MICROS");
    long micros = text ? atol(text) : 0;
    struct timespec left = {micros / 1000000, micros % 1000000 * 1000};
    while (nanosleep(&left, &left) != 0 && errno == EINTR) {
    }
    errno = saved;
    return result;
}

int fsync(int fd) {
    return delayed(REAL(fsync)(fd));
}

int fdatasync(int fd) {
    return delayed(REAL(fdatasync)(fd));
}

int syncfs(int fd) {
    return delayed(REAL(syncfs)(fd));
}

int sync_file_range(int fd, off64_t offset, off64_t length, unsigned flags) {
    int result = REAL(sync_file_range)(fd, offset, length, flags);
    return flags & SYNC_FILE_RANGE_WAIT_AFTER ? delayed(result) : result;
}

int msync(void *address, size_t length, int flags) {
    int result = REAL(msync)(address, length, flags);
    return flags & MS_SYNC ? delayed(result) : result;
}

/* A program that asks the C library for a function by name does not find a preloaded one. */
void *dlsym(void *library, const char *name) {
    if (library != RTLD_NEXT) {
        if (strcmp(name, "syncfs") == 0) {
            return (void *) syncfs;
        }
        if (strcmp(name, "fsync") == 0) {
            return (void *) fsync;
        }
        if (strcmp(name, "fdatasync") == 0) {
            return (void *) fdatasync;
        }
    }
    return system_dlsym(library, name);
}
