/*
 * A preloaded library that remembers what a loss of power would take back.
 *
 * It watches the files below $POWERLOSS_ROOT and writes one line an event to $POWERLOSS_LOG:
 *
 *   W ino offset length old-size hex   about to write; hex: what the range held before (within old-size)
 *   T ino old-size new-size hex        about to change the length; hex: what is cut off
 *   B id ino | E id                    a sync of a file begins | has succeeded
 *   D id path | E id                   a sync of a directory begins | has succeeded
 *   A id | E id                        a sync of the whole file system begins | has succeeded
 *   C ino path                         a name was made
 *   M path                             a directory was made
 *   R ino from|to|grave                about to rename; what `to` was before lies at `grave` (or -)
 *   U ino path|grave                   about to remove a name; the file lies at `grave`
 *
 * Writes are noted before they are done and syncs after they succeeded, and a sync covers only what was
 * noted before it began: a kill at any point leaves a log that never calls something durable which was not.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

/* The C library's own dlsym, by the version that each architecture began with. */
#if defined(__x86_64__)
#define DLSYM_VERSION "GLIBC_2.2.5"
#elif defined(__aarch64__)
#define DLSYM_VERSION "GLIBC_2.17"
#else
#error "say which version of dlsym this architecture has"
#endif

#define REAL(name) ((__typeof__(&name)) real(#name))

static int log_fd = -1;
static char root[PATH_MAX];
static size_t root_length;
static char grave[PATH_MAX];
static atomic_long next_id = 1;

static void *system_dlsym(void *library, const char *name) {
    static void *(*found)(void *, const char *);
    if (!found) {
        found = (void *(*)(void *, const char *)) dlvsym(RTLD_NEXT, "dlsym", DLSYM_VERSION);
        if (!found) {
            _exit(94);
        }
    }
    return found(library, name);
}

static void *real(const char *name) {
    void *found = system_dlsym(RTLD_NEXT, name);
    if (!found) {
        _exit(97);
    }
    return found;
}

__attribute__((constructor)) static void begin(void) {
    const char *below = getenv("POWERLOSS_ROOT");
    const char *log = getenv("POWERLOSS_LOG");
    const char *graves = getenv("POWERLOSS_GRAVE");
    if (!below || !log || !graves || !realpath(below, root)) {
        return;
    }
    root_length = strlen(root);
    snprintf(grave, sizeof grave, "%s", graves);
    log_fd = (int) syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
}

static void put(const char *bytes, size_t length) {
    while (length > 0) {
        ssize_t done = syscall(SYS_write, log_fd, bytes, length);
        if (done < 0) {
            if (errno == EINTR) {
                continue;
            }
            _exit(98);
        }
        bytes += done;
        length -= (size_t) done;
    }
}

__attribute__((format(printf, 1, 2))) static void note(const char *format, ...) {
    char line[3 * PATH_MAX];
    int saved = errno;
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    put(line, (size_t) length);
    errno = saved;
}

static int is_watched_path(const char *path) {
    return log_fd >= 0 && strncmp(path, root, root_length) == 0 &&
           (path[root_length] == '/' || path[root_length] == 0);
}

static int path_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) {
        return 0;
    }
    path[length] = 0;
    return 1;
}

/* The absolute form of a path, without following its last part; 0 when it cannot be told. */
static int absolute(int dir, const char *path, char *out) {
    char base[PATH_MAX];
    if (path[0] == '/') {
        return snprintf(out, PATH_MAX, "%s", path) < PATH_MAX;
    }
    if (dir == AT_FDCWD ? getcwd(base, sizeof base) == NULL : !path_of(dir, base)) {
        return 0;
    }
    return snprintf(out, PATH_MAX, "%s/%s", base, path) < PATH_MAX;
}

/* Whether the descriptor is a regular file below the root. */
static int is_watched(int fd, struct stat *state) {
    char path[PATH_MAX];
    if (log_fd < 0 || fd == log_fd) {
        return 0;
    }
    int saved = errno;
    int watched = fstat(fd, state) == 0 && S_ISREG(state->st_mode) && path_of(fd, path) &&
                  is_watched_path(path);
    errno = saved;
    return watched;
}

/* One line that ends with the old bytes [from, from + length) of the file in hex. */
static void note_with_old(const char *head, int fd, off_t from, off_t length) {
    static const char digits[] = "0123456789abcdef";
    int saved = errno;
    size_t head_length = strlen(head);
    char *line = malloc(head_length + 2 * (size_t) (length > 0 ? length : 0) + 2);
    unsigned char *old = malloc((size_t) (length > 0 ? length : 1));
    if (!line || !old) {
        _exit(96);
    }
    memcpy(line, head, head_length);
    size_t at = head_length;
    int reader = fd;
    char link[64];
    if (length > 0) {
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        reader = (int) syscall(SYS_openat, AT_FDCWD, link, O_RDONLY | O_CLOEXEC, 0);
        ssize_t got = reader < 0 ? -1 : syscall(SYS_pread64, reader, old, (size_t) length, from);
        if (got != length) {
            _exit(95);
        }
        syscall(SYS_close, reader);
        for (off_t i = 0; i < length; i++) {
            line[at++] = digits[old[i] >> 4];
            line[at++] = digits[old[i] & 15];
        }
    } else {
        line[at++] = '-';
    }
    line[at++] = '\n';
    put(line, at);
    free(old);
    free(line);
    errno = saved;
}

static void about_to_write(int fd, off_t offset, size_t length) {
    struct stat state;
    if (length == 0 || !is_watched(fd, &state)) {
        return;
    }
    off_t end = offset + (off_t) length;
    off_t overlap = (end < state.st_size ? end : state.st_size) - offset;
    char head[128];
    snprintf(head, sizeof head, "W %lu %ld %zu %ld ", state.st_ino, (long) offset, length,
             (long) state.st_size);
    note_with_old(head, fd, offset, overlap > 0 ? overlap : 0);
}

static void about_to_resize(int fd, off_t size) {
    struct stat state;
    if (!is_watched(fd, &state) || state.st_size == size) {
        return;
    }
    char head[128];
    snprintf(head, sizeof head, "T %lu %ld %ld ", state.st_ino, (long) state.st_size, (long) size);
    note_with_old(head, fd, size, state.st_size > size ? state.st_size - size : 0);
}

static size_t total(const struct iovec *parts, int count) {
    size_t sum = 0;
    for (int i = 0; i < count; i++) {
        sum += parts[i].iov_len;
    }
    return sum;
}

static off_t position(int fd) {
    int saved = errno;
    int flags = fcntl(fd, F_GETFL);
    off_t at = lseek(fd, 0, flags >= 0 && (flags & O_APPEND) ? SEEK_END : SEEK_CUR);
    errno = saved;
    return at < 0 ? 0 : at;
}

ssize_t write(int fd, const void *bytes, size_t length) {
    struct stat state;
    if (is_watched(fd, &state)) {
        about_to_write(fd, position(fd), length);
    }
    return REAL(write)(fd, bytes, length);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    struct stat state;
    if (is_watched(fd, &state)) {
        about_to_write(fd, position(fd), total(parts, count));
    }
    return REAL(writev)(fd, parts, count);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) {
    about_to_write(fd, offset, length);
    return REAL(pwrite64)(fd, bytes, length, offset);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) {
    return pwrite64(fd, bytes, length, offset);
}

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t offset) {
    about_to_write(fd, offset, total(parts, count));
    return REAL(pwritev64)(fd, parts, count, offset);
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) {
    return pwritev64(fd, parts, count, offset);
}

int ftruncate64(int fd, off64_t size) {
    about_to_resize(fd, size);
    return REAL(ftruncate64)(fd, size);
}

int ftruncate(int fd, off_t size) {
    return ftruncate64(fd, size);
}

static int sync_file(int fd, int (*sync)(int)) {
    struct stat state;
    char path[PATH_MAX];
    long id = 0;
    if (is_watched(fd, &state)) {
        id = atomic_fetch_add(&next_id, 1);
        note("B %ld %lu\n", id, state.st_ino);
    } else if (log_fd >= 0 && fstat(fd, &state) == 0 && S_ISDIR(state.st_mode) && path_of(fd, path) &&
               is_watched_path(path)) {
        id = atomic_fetch_add(&next_id, 1);
        note("D %ld %s\n", id, path);
    }
    int result = sync(fd);
    if (id && result == 0) {
        note("E %ld\n", id);
    }
    return result;
}

int fsync(int fd) {
    return sync_file(fd, REAL(fsync));
}

int fdatasync(int fd) {
    return sync_file(fd, REAL(fdatasync));
}

int syncfs(int fd) {
    long id = atomic_fetch_add(&next_id, 1);
    if (log_fd >= 0) {
        note("A %ld\n", id);
    }
    int result = REAL(syncfs)(fd);
    if (log_fd >= 0 && result == 0) {
        note("E %ld\n", id);
    }
    return result;
}

static int open_watched(int dir, const char *path, int flags, mode_t mode) {
    char full[PATH_MAX];
    struct stat before;
    int watched = log_fd >= 0 && (flags & (O_CREAT | O_TRUNC)) && absolute(dir, path, full) &&
                  is_watched_path(full);
    int existed = watched && stat(full, &before) == 0;
    if (existed && (flags & O_TRUNC) && before.st_size > 0) {
        int fd = (int) syscall(SYS_openat, AT_FDCWD, full, O_RDONLY | O_CLOEXEC, 0);
        about_to_resize(fd, 0);
        syscall(SYS_close, fd);
    }
    int fd = (int) syscall(SYS_openat, dir, path, flags, mode);
    struct stat after;
    if (watched && !existed && fd >= 0 && fstat(fd, &after) == 0) {
        note("C %lu %s\n", after.st_ino, full);
    }
    return fd;
}

#define OPEN_BODY(dir)                                                                             \
    mode_t mode = 0;                                                                               \
    if (flags & (O_CREAT | O_TMPFILE)) {                                                           \
        va_list arguments;                                                                         \
        va_start(arguments, flags);                                                                \
        mode = va_arg(arguments, mode_t);                                                          \
        va_end(arguments);                                                                         \
    }                                                                                              \
    return open_watched(dir, path, flags, mode);

int open(const char *path, int flags, ...) { OPEN_BODY(AT_FDCWD) }
int open64(const char *path, int flags, ...) { OPEN_BODY(AT_FDCWD) }
int openat(int dir, const char *path, int flags, ...) { OPEN_BODY(dir) }
int openat64(int dir, const char *path, int flags, ...) { OPEN_BODY(dir) }

/* Keeps what stands at the path alive under a name that nobody else uses; "-" when there is nothing. */
static void bury(const char *path, char *where) {
    long id = atomic_fetch_add(&next_id, 1);
    if (snprintf(where, PATH_MAX, "%s/%d-%ld", grave, getpid(), id) >= PATH_MAX ||
        linkat(AT_FDCWD, path, AT_FDCWD, where, 0) != 0) {
        snprintf(where, PATH_MAX, "-");
    }
}

static int rename_watched(int from_dir, const char *from, int to_dir, const char *to) {
    char source[PATH_MAX], target[PATH_MAX], where[PATH_MAX];
    struct stat state;
    if (log_fd >= 0 && absolute(from_dir, from, source) && absolute(to_dir, to, target) &&
        is_watched_path(target) && stat(source, &state) == 0) {
        bury(target, where);
        note("R %lu %s|%s|%s\n", state.st_ino, source, target, where);
    }
    return (int) syscall(SYS_renameat, from_dir, from, to_dir, to);
}

int rename(const char *from, const char *to) {
    return rename_watched(AT_FDCWD, from, AT_FDCWD, to);
}

int renameat(int from_dir, const char *from, int to_dir, const char *to) {
    return rename_watched(from_dir, from, to_dir, to);
}

static void about_to_unlink(int dir, const char *path) {
    char full[PATH_MAX], where[PATH_MAX];
    struct stat state;
    if (log_fd >= 0 && absolute(dir, path, full) && is_watched_path(full) && lstat(full, &state) == 0 &&
        S_ISREG(state.st_mode)) {
        bury(full, where);
        note("U %lu %s|%s\n", state.st_ino, full, where);
    }
}

int unlink(const char *path) {
    about_to_unlink(AT_FDCWD, path);
    return (int) syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}

int unlinkat(int dir, const char *path, int flags) {
    if (!(flags & AT_REMOVEDIR)) {
        about_to_unlink(dir, path);
    }
    return (int) syscall(SYS_unlinkat, dir, path, flags);
}

int mkdir(const char *path, mode_t mode) {
    char full[PATH_MAX];
    int result = (int) syscall(SYS_mkdirat, AT_FDCWD, path, mode);
    if (result == 0 && log_fd >= 0 && absolute(AT_FDCWD, path, full) && is_watched_path(full)) {
        note("M %s\n", full);
    }
    return result;
}

/*
 * Whoever asks one library for a symbol, as Java's foreign functions do, gets past what is preloaded:
 * the question itself is answered here.
 */
void *dlsym(void *library, const char *name) {
    if (library != RTLD_NEXT && log_fd >= 0) {
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
