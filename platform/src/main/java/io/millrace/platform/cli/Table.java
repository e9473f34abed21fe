package io.millrace.platform.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/// Rows with named columns: aligned text for people, an array of objects for programs.
final class Table {
    private static final int GAP = 2;
    private final List<String> columns;
    private final boolean json;
    private final PrintWriter out;
    private final List<List<Object>> rows = new ArrayList<>();

    Table(List<String> columns, boolean json, PrintWriter out) {
        this.columns = List.copyOf(columns);
        this.json = json;
        this.out = out;
    }

    void row(Object... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns);
        }
        rows.add(List.of(cells));
    }

    void print() {
        if (json) {
            printJson();
        } else {
            printText();
        }
        out.flush();
    }

    private void printText() {
        int[] widths = columns.stream().mapToInt(String::length).toArray();
        for (List<Object> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).toString().length());
            }
        }
        line(columns.stream().map(c -> (Object) c.toUpperCase(Locale.ROOT)).toList(), widths);
        rows.forEach(row -> line(row, widths));
    }

    private void line(List<Object> cells, int[] widths) {
        var text = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i).toString();
            text.append(cell);
            if (i < cells.size() - 1) {
                text.append(" ".repeat(widths[i] - cell.length() + GAP));
            }
        }
        out.println(text);
    }

    private void printJson() {
        var objects = new ArrayList<LinkedHashMap<String, Object>>();
        for (List<Object> row : rows) {
            var object = new LinkedHashMap<String, Object>();
            for (int i = 0; i < columns.size(); i++) {
                object.put(columns.get(i).toLowerCase(Locale.ROOT).replace(' ', '_'), row.get(i));
            }
            objects.add(object);
        }
        try {
            out.println(new ObjectMapper().writeValueAsString(objects));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
