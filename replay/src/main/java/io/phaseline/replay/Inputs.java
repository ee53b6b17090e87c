package io.phaseline.replay;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the FILE arguments stand for, in order.
 *
 * @param list the inputs, those of a folder sorted by path
 * @param several whether there may be more than one, so that each line has to tell where it comes from
 */
record Inputs(List<Input> list, boolean several) {

    /** Looks into folders; what cannot be looked into is reported and left out. */
    static Inputs of(List<String> files, Stdio stdio, Verdict verdict) {
        if (files.isEmpty()) {
            return new Inputs(List.of(Input.standardInput(stdio.in())), false);
        }
        List<Input> list = new ArrayList<>();
        boolean several = files.size() > 1;
        for (String file : files) {
            if (file.equals("-")) {
                list.add(Input.standardInput(stdio.in()));
                continue;
            }
            Path path;
            try {
                path = Path.of(file);
            } catch (InvalidPathException e) {
                verdict.unreadable(file, "not a file name: " + e.getReason());
                continue;
            }
            if (Files.isDirectory(path)) {
                several = true;
                addFilesIn(path, list, verdict);
            } else {
                list.add(Input.file(path, true));
            }
        }
        return new Inputs(list, several);
    }

    private static void addFilesIn(Path folder, List<Input> list, Verdict verdict) {
        Search search = new Search(folder, verdict);
        try {
            Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, search);
        } catch (IOException e) {
            verdict.unreadable(folder.toString(), InputReader.reason(e));
        }
        if (search.found.isEmpty()) {
            verdict.note(folder.toString(), "no file in it");
        }
        Collections.sort(search.found);
        for (Path file : search.found) {
            list.add(Input.file(file, false));
        }
    }

    /** Collects the files of a folder, at any depth. */
    private static final class Search extends SimpleFileVisitor<Path> {
        private final Path folder;
        private final Verdict verdict;
        final List<Path> found = new ArrayList<>();

        Search(Path folder, Verdict verdict) {
            this.folder = folder;
            this.verdict = verdict;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
            // A folder that was named is read, even if it is a hidden one.
            boolean entered = inner.equals(folder) || !isHidden(inner);
            return entered ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            // A pipe or a device that happens to lie here would be waited for.
            if (!attributes.isOther() && !isHidden(file)) {
                found.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException e) {
            // What a loop of links leads back to is read already.
            if (!(e instanceof FileSystemLoopException) && !isHidden(path)) {
                verdict.unreadable(path.toString(), InputReader.reason(e));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path inner, @Nullable IOException e) {
            if (e != null) {
                verdict.unreadable(inner.toString(), InputReader.reason(e));
            }
            return FileVisitResult.CONTINUE;
        }

        private static boolean isHidden(Path path) {
            Path name = path.getFileName();
            return name != null && name.toString().startsWith(".");
        }
    }
}
