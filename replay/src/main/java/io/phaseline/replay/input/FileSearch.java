package io.phaseline.replay.input;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Collects the files of a folder, at any depth; hidden ones, and the times of recordings, are left out. */
final class FileSearch extends SimpleFileVisitor<Path> {
    private final Path folder;
    private final Predicate<Path> wanted;
    private final Complaints complaints;
    private final List<Path> found = new ArrayList<>();

    private FileSearch(Path folder, Predicate<Path> wanted, Complaints complaints) {
        this.folder = folder;
        this.wanted = wanted;
        this.complaints = complaints;
    }

    static List<Path> in(Path folder, Complaints complaints) {
        return in(folder, file -> true, complaints);
    }

    /** The wanted files, sorted by path; what cannot be looked into is reported. */
    static List<Path> in(Path folder, Predicate<Path> wanted, Complaints complaints) {
        FileSearch search = new FileSearch(folder, wanted, complaints);
        try {
            Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, search);
        } catch (IOException e) {
            complaints.unreadable(folder.toString(), ReadFailure.reason(e));
        }
        Collections.sort(search.found);
        return search.found;
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
        if (!attributes.isOther() && !isHidden(file) && !RecordedTimes.isSideFile(file) && wanted.test(file)) {
            found.add(file);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException e) {
        // What a loop of links leads back to is read already.
        if (!(e instanceof FileSystemLoopException) && !isHidden(path)) {
            complaints.unreadable(path.toString(), ReadFailure.reason(e));
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path inner, @Nullable IOException e) {
        if (e != null) {
            complaints.unreadable(inner.toString(), ReadFailure.reason(e));
        }
        return FileVisitResult.CONTINUE;
    }

    private static boolean isHidden(Path path) {
        Path name = path.getFileName();
        return name != null && name.toString().startsWith(".");
    }
}
