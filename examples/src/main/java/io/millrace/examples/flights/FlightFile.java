package io.millrace.examples.flights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// Flights of a file, one after the other: an array of flat JSON objects, or parquet. The key is
/// where a flight starts, or how far it goes where that is not told; the value is JSON.
final class FlightFile {
    private FlightFile() {}

    /// Takes one flight.
    interface Sink {
        void flight(byte[] key, byte[] value);
    }

    static void read(Path file, Sink sink) throws IOException {
        if (file.toString().endsWith(".parquet")) {
            readParquet(file, sink);
        } else {
            readJson(file, sink);
        }
    }

    private static void readJson(Path file, Sink sink) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new IOException(file + " is not an array of flights");
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                readFlight(parser, sink);
            }
        }
    }

    private static void readFlight(JsonParser parser, Sink sink) throws IOException {
        StringBuilder value = new StringBuilder(96);
        String origin = "";
        String distance = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            boolean isText = parser.nextToken() == JsonToken.VALUE_STRING;
            String text = parser.getText();
            value.append(value.isEmpty() ? '{' : ',').append('"').append(field).append("\":");
            value.append(isText ? '"' + text + '"' : text);
            origin = field.equals("origin") ? text : origin;
            distance = field.equals("distance") ? text : distance;
        }
        sink.flight(utf8(origin.isEmpty() ? distance : origin), utf8(value.append('}')));
    }

    private static void readParquet(Path file, Sink sink) throws IOException {
        String query = "select origin, '{\"date\":\"' || strftime(date, '%Y/%m/%d %H:%M')"
                + " || '\",\"delay\":' || delay || ',\"distance\":' || distance"
                + " || ',\"origin\":\"' || origin || '\",\"destination\":\"' || destination"
                + " || '\"}' from read_parquet('" + file.toString().replace("'", "''") + "')";
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet flights = statement.executeQuery(query)) {
            while (flights.next()) {
                sink.flight(utf8(flights.getString(1)), utf8(flights.getString(2)));
            }
        } catch (SQLException failed) {
            throw new IOException("cannot read " + file + ": " + failed.getMessage()
                    + " (parquet needs DuckDB: start by ./millrace example flights)");
        }
    }

    private static byte[] utf8(CharSequence text) {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
