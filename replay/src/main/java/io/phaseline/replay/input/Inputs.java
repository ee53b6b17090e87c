package io.phaseline.replay.input;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the FILE arguments stand for, in order.
 *
 * @param list the inputs, those of a folder or a pattern sorted by path
 * @param several whether there may be more than one, so that each line has to tell where it comes from
 */
public record Inputs(List<Input> list, boolean several) {

    /**
     * Looks into folders, and for files that match a pattern; what cannot be looked into is reported and left out.
     *
     * @param files names of files or folders, patterns, or {@code -}; none stands for standard input
     * @param standardInput its bytes
     * @param complaints who is told
     * @return the inputs
     */
    public static Inputs of(List<String> files, InputStream standardInput, Complaints complaints) {
        if (files.isEmpty()) {
            return new Inputs(List.of(Input.standardInput(standardInput)), false);
        }
        List<Input> list = new ArrayList<>();
        boolean several = files.size() > 1;
        for (String file : files) {
            if (file.equals("-")) {
                list.add(Input.standardInput(standardInput));
                continue;
            }
            Path path;
            try {
                path = Path.of(file);
            } catch (InvalidPathException e) {
                complaints.unreadable(file, "not a file name: " + e.getReason());
                continue;
            }
            if (Files.isDirectory(path)) {
                several = true;
                addAll(FileSearch.in(path, complaints), "no file in it", file, list, complaints);
            } else if (NamePattern.isPattern(file) && !Files.exists(path)) {
                several = true;
                addAll(NamePattern.matches(file, complaints), "no file matches", file, list, complaints);
            } else {
                list.add(Input.file(path, true));
            }
        }
        return new Inputs(list, several);
    }

    private static void addAll(List<Path> found, String nothing, String file, List<Input> list, Complaints complaints) {
        if (found.isEmpty()) {
            complaints.note(file, nothing);
        }
        for (Path path : found) {
            list.add(Input.file(path, false));
        }
    }
}
