package dev.waybill.e2e.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** The main sources of all modules, measured by the compiler's own parser. */
final class Sources {
    /** A method or constructor; {@code lines} from its first to its last, annotations and documentation not counted. */
    record Method(String file, String name, boolean constructor, boolean ofRecord, int parameters, int lines) {}

    private static final List<String> MODULES = List.of("core", "compare", "doctor", "api", "server", "agent", "cli");

    private Sources() {}

    static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("CONTRIBUTING.md"))) {
            here = Objects.requireNonNull(here.getParent());
        }
        return here;
    }

    static List<Path> files() {
        List<Path> all = new ArrayList<>();
        for (String module : MODULES) {
            Path main = root().resolve(module).resolve("src/main/java");
            try (Stream<Path> tree = Files.walk(main)) {
                tree.filter(p -> p.toString().endsWith(".java")).sorted().forEach(all::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all;
    }

    static int lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return (int) lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Method> methods() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<Method> methods = new ArrayList<>();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files()));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                new Collector(unit, positions, methods).scan(unit, null);
            }
        }
        return methods;
    }

    private static final class Collector extends TreePathScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<Method> methods;

        Collector(CompilationUnitTree unit, SourcePositions positions, List<Method> methods) {
            this.unit = unit;
            this.positions = positions;
            this.methods = methods;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            Tree parent = getCurrentPath().getParentPath().getLeaf();
            boolean record = parent instanceof ClassTree type && type.getKind() == Tree.Kind.RECORD;
            boolean constructor = method.getReturnType() == null;
            if (method.getBody() != null) {
                long from = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, method.getBody()));
                long to = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, method.getBody()));
                methods.add(new Method(
                        root().relativize(Path.of(unit.getSourceFile().toUri())).toString(),
                        method.getName().toString(),
                        constructor,
                        record,
                        method.getParameters().size(),
                        (int) (to - from + 1)));
            }
            return super.visitMethod(method, null);
        }
    }
}
