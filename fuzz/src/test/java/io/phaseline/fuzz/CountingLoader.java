package io.phaseline.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Loads the parser, and Jackson, once more: so that they tell {@link Work} what they do. */
final class CountingLoader extends ClassLoader {
    private static final int API = Opcodes.ASM9;
    private static final String WORK = Type.getInternalName(Work.class);

    private static final Pattern ARRAY_OR_BUFFER = Pattern.compile("\\(.*(\\[[BCIJ]|Ljava/nio/ByteBuffer;).*\\)");

    /** What takes arrays or buffers and does not look at what they hold. */
    private static final Set<String> CONSTANT = Set.of("wrap", "stream", "duplicate", "slice", "order", "get", "set");

    private static final Set<String> STAND_INS = Arrays.stream(Work.class.getDeclaredMethods())
            .map(method -> method.getName() + Type.getMethodDescriptor(method))
            .collect(Collectors.toSet());

    CountingLoader() {
        super(CountingLoader.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        boolean isMine = name.startsWith("io.phaseline.") || name.startsWith("com.fasterxml.jackson.");
        if (!isMine || name.equals(Work.class.getName())) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            ClassReader reader = new ClassReader(in);
            ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
            reader.accept(new Counting(writer, name.startsWith("io.phaseline.")), 0);
            byte[] bytes = writer.toByteArray();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Counting extends ClassVisitor {
        private final boolean isOurs;

        Counting(ClassVisitor next, boolean isOurs) {
            super(API, next);
            this.isOurs = isOurs;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            return new CountingMethod(super.visitMethod(access, name, descriptor, signature, exceptions), isOurs);
        }
    }

    private static final class CountingMethod extends MethodVisitor {
        private final boolean isOurs;
        private final Set<Label> behind = new HashSet<>();

        CountingMethod(MethodVisitor next, boolean isOurs) {
            super(API, next);
            this.isOurs = isOurs;
        }

        @Override
        public void visitCode() {
            super.visitCode();
            count("step", "()V");
        }

        @Override
        public void visitLabel(Label label) {
            behind.add(label);
            super.visitLabel(label);
        }

        @Override
        public void visitJumpInsn(int opcode, Label label) {
            if (behind.contains(label)) {
                count("step", "()V");
            }
            super.visitJumpInsn(opcode, label);
        }

        @Override
        public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
            count("step", "()V");
            super.visitTableSwitchInsn(min, max, otherwise, labels);
        }

        @Override
        public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
            count("step", "()V");
            super.visitLookupSwitchInsn(otherwise, keys, labels);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            String counted = opcode == Opcodes.INVOKESTATIC ? descriptor : "(L" + owner + ";" + descriptor.substring(1);
            if (owner.startsWith("java/") && STAND_INS.contains(name + counted)) {
                count(name, counted);
                return;
            }
            if (name.equals("<init>")) {
                countConstructor(descriptor);
            } else if (isOurs && owner.startsWith("java/") && looksIntoArrays(name, descriptor)) {
                throw new IllegalStateException("Work does not count " + owner + "." + name + descriptor);
            }
            super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        }

        /** The number of bytes or characters lies on the stack, or below the charset. */
        private void countConstructor(String descriptor) {
            if (descriptor.equals("([BIILjava/nio/charset/Charset;)V")) {
                super.visitInsn(Opcodes.DUP2);
                count("text", "(ILjava/nio/charset/Charset;)V");
            } else if (descriptor.equals("([CII)V")) {
                super.visitInsn(Opcodes.DUP);
                count("add", "(I)V");
            }
        }

        private static boolean looksIntoArrays(String name, String descriptor) {
            return ARRAY_OR_BUFFER.matcher(descriptor).find() && !CONSTANT.contains(name);
        }

        private void count(String name, String descriptor) {
            super.visitMethodInsn(Opcodes.INVOKESTATIC, WORK, name, descriptor, false);
        }
    }
}
