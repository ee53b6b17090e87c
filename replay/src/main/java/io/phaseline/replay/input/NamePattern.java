package io.phaseline.replay.input;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/** Names with {@code *}, {@code ?}, {@code [a-z]} and {@code {a,b}}, as shells know them, for shells that leave them. */
final class NamePattern {
    private NamePattern() {}

    static boolean isPattern(String name) {
        return firstWildcard(name) < name.length();
    }

    private static int firstWildcard(String name) {
        int at = 0;
        while (at < name.length() && "*?[{".indexOf(name.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    /** The files that match, sorted by path; what cannot be looked into, or is no pattern, is reported. */
    static List<Path> matches(String pattern, Complaints complaints) {
        int folderEnd = pattern.lastIndexOf('/', firstWildcard(pattern));
        // With "./" in front no path would match that has none.
        Path folder = folderEnd < 0 ? Path.of("") : Path.of(pattern.substring(0, folderEnd + 1));
        PathMatcher matcher;
        try {
            // "**/" also stands for no folder at all, as in shells.
            matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern.replace("**/", "{**/,}"));
        } catch (PatternSyntaxException e) {
            complaints.unreadable(pattern, "not a pattern: " + e.getDescription());
            return List.of();
        }
        return Files.isDirectory(folder) ? FileSearch.in(folder, matcher::matches, complaints) : List.of();
    }
}
