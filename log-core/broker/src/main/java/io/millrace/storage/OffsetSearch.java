package io.millrace.storage;

import io.millrace.host.DiskFile;
import io.millrace.protocol.CorruptLog;
import io.millrace.protocol.MalformedFrame;
import io.millrace.record.Codecs;
import io.millrace.record.Compression;
import io.millrace.record.RecordBatch;
import io.millrace.record.TimeSearch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Finds records by time: the indexes say which segment and where in it, the headers which batch,
/// and one batch is read for the record, piece by piece. The reading is done on a reader thread.
///
/// Owner thread: the log's loop.
final class OffsetSearch {
    private static final int PIECE_BYTES = 64 * 1024;

    private final PartitionLog log;

    OffsetSearch(PartitionLog log) {
        this.log = log;
    }

    /// A segment as it is now; the content of the active one changes, so what is needed of it is
    /// copied.
    private record Place(
            long baseOffset,
            SegmentFile file,
            int size,
            @Nullable Long maxTimestamp,
            int hint) {}

    private interface Look {
        OffsetAtTime in(List<Place> places) throws IOException;
    }

    CompletableFuture<OffsetAtTime> forTime(long timestampMs, long limitOffset) {
        long start = log.startOffset();
        long limit = Math.min(limitOffset, log.writtenEnd());
        return search(timestampMs, places -> {
            for (Place place : places) {
                if (maxTimestamp(place) >= timestampMs) {
                    OffsetAtTime found = firstIn(place, timestampMs, start, limit);
                    if (found != OffsetAtTime.NONE) {
                        return found.offset() < limit ? found : OffsetAtTime.NONE;
                    }
                }
            }
            return OffsetAtTime.NONE;
        });
    }

    /// The newest may not be written yet: then this asks again.
    CompletableFuture<OffsetAtTime> maxTime() {
        long written = log.writtenEnd();
        boolean isWhole = written == log.endOffset();
        return maxTime(log.startOffset(), written)
                .thenCompose(found -> found == OffsetAtTime.NONE && !isWhole && log.isOnline()
                        ? maxTime()
                        : CompletableFuture.completedFuture(found));
    }

    private CompletableFuture<OffsetAtTime> maxTime(long start, long written) {
        return search(Long.MAX_VALUE, places -> {
            Place newest = places.getFirst();
            long max = maxTimestamp(newest);
            for (Place place : places) {
                long time = maxTimestamp(place);
                if (time > max) {
                    max = time;
                    newest = place;
                }
            }
            return max < 0 ? OffsetAtTime.NONE : firstIn(newest, max, start, written);
        });
    }

    private CompletableFuture<OffsetAtTime> search(long timestampMs, Look look) {
        List<Place> places = new ArrayList<>();
        for (Segment segment : log.segments().all()) {
            if (segment.size() > 0 && segment.file().retain()) {
                SegmentContent content = segment.content();
                int hint = content == null
                        ? -1
                        : content.index().positionBefore(content.index().offsetBefore(timestampMs));
                places.add(new Place(
                        segment.baseOffset(),
                        segment.file(),
                        segment.size(),
                        segment.maxTimestamp(),
                        hint));
            }
        }
        CompletableFuture<OffsetAtTime> result = new CompletableFuture<>();
        if (places.isEmpty()) {
            result.complete(OffsetAtTime.NONE);
            return result;
        }
        LogDirectory directory = log.directory();
        directory.readers().execute(() -> run(look, places, result, directory));
        return result;
    }

    /// On a reader thread.
    private void run(
            Look look,
            List<Place> places,
            CompletableFuture<OffsetAtTime> result,
            LogDirectory directory) {
        try {
            OffsetAtTime found = look.in(places);
            log.loop().execute(() -> result.complete(found));
        } catch (IOException | CorruptLog | MalformedFrame e) {
            if (e instanceof IOException failure && !(e instanceof NoSuchFileException)) {
                directory.failed("A read failed: " + e.getMessage(), failure);
            }
            log.loop().execute(() -> result.completeExceptionally(e));
        } finally {
            places.forEach(place -> place.file().release());
        }
    }

    private StoredIndex stored(Place place) {
        return new StoredIndex(log.directory().disk(), place.file().path(), place.baseOffset());
    }

    private long maxTimestamp(Place place) throws IOException {
        Long known = place.maxTimestamp();
        return known != null ? known : stored(place).last().timestamp();
    }

    /// Nothing from `limit` on is looked at: the writer may be at work there.
    private OffsetAtTime firstIn(Place place, long timestampMs, long startOffset, long limit)
            throws IOException {
        int hint = place.hint();
        if (hint < 0) {
            StoredIndex stored = stored(place);
            hint = stored.positionBefore(stored.offsetBefore(timestampMs));
        }
        DiskFile file = place.file().open();
        HeaderWalk walk = new HeaderWalk(file, hint, Math.min(place.size(), file.size()));
        long next = place.baseOffset();
        while (next < limit && walk.next()) {
            next = RecordBatch.nextOffset(walk.header(), 0);
            if (RecordBatch.maxTimestamp(walk.header(), 0) >= timestampMs
                    && RecordBatch.lastOffset(walk.header(), 0) >= startOffset) {
                OffsetAtTime found = firstInBatch(file, walk, timestampMs, startOffset);
                if (found != OffsetAtTime.NONE) {
                    return found;
                }
            }
        }
        return OffsetAtTime.NONE;
    }

    private static OffsetAtTime firstInBatch(
            DiskFile file, HeaderWalk walk, long timestampMs, long startOffset) throws IOException {
        ByteBuffer header = walk.header();
        TimeSearch search = new TimeSearch(header, timestampMs, startOffset);
        int id = RecordBatch.compressionId(header, 0);
        Compression compression = Compression.of(id)
                .orElseThrow(() -> new MalformedFrame("there is no compression " + id));
        if (compression == Compression.NONE) {
            searchPieces(file, walk, search);
        } else {
            ByteBuffer records = ByteBuffer.allocate(walk.size() - RecordBatch.HEADER_BYTES);
            file.read(records, walk.position() + RecordBatch.HEADER_BYTES);
            try (Codecs codecs = new Codecs()) {
                codecs.decompress(compression, records.flip(), search::piece);
            }
        }
        return search.isFound()
                ? new OffsetAtTime(
                        search.offset(), search.timestampMs(), RecordBatch.leaderEpoch(header, 0))
                : OffsetAtTime.NONE;
    }

    private static void searchPieces(DiskFile file, HeaderWalk walk, TimeSearch search)
            throws IOException {
        long end = walk.position() + walk.size();
        ByteBuffer piece = ByteBuffer.allocate(Math.min(PIECE_BYTES, walk.size()));
        long at = walk.position() + RecordBatch.HEADER_BYTES;
        while (at < end && !search.isFound()) {
            piece.clear().limit((int) Math.min(piece.capacity(), end - at));
            int read = file.read(piece, at);
            if (read <= 0) {
                return; // cut off meanwhile
            }
            at += read;
            search.piece(piece.flip());
        }
    }
}
