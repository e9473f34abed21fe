package io.millrace.buildtools.tidy;

import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.CaseLabelTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ConstantCaseLabelTree;
import com.sun.source.tree.DeconstructionPatternTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Modifier;

/// The closed choices of this repository, by the name of their type: an enum's constants, a sealed
/// interface's direct subtypes.
final class Choices extends TreeScanner<Void, Void> {
    /// Grows with Kafka's list of errors, of which nobody treats more than a few apart.
    private static final String OPEN_LIST = "ErrorCode";

    private final Map<String, Set<String>> cases = new HashMap<>();
    private final Map<String, Set<String>> subtypes = new HashMap<>();
    private final Set<String> sealed = new HashSet<>();

    static Map<String, Set<String>> of(Repository repository) {
        Choices choices = new Choices();
        for (Source source : repository.sources()) {
            choices.scan(source.unit(), null);
        }
        choices.subtypes.keySet().retainAll(choices.sealed);
        choices.cases.putAll(choices.subtypes);
        choices.cases.remove(OPEN_LIST);
        return choices.cases;
    }

    /// The constant or type that a label names; nothing for a literal or `null`.
    static Optional<String> nameOf(CaseLabelTree label) {
        return switch (label) {
            case ConstantCaseLabelTree constant
            when constant.getConstantExpression() instanceof IdentifierTree name ->
                Optional.of(name.getName().toString());
            case ConstantCaseLabelTree other -> Optional.of(other.toString());
            case PatternCaseLabelTree pattern ->
                switch (pattern.getPattern()) {
                    case BindingPatternTree binding ->
                        Optional.of(last(binding.getVariable().getType()));
                    case DeconstructionPatternTree parts ->
                        Optional.of(last(parts.getDeconstructor()));
                    default -> Optional.empty();
                };
            default -> Optional.empty();
        };
    }

    @Override
    public Void visitClass(ClassTree tree, Void unused) {
        String name = tree.getSimpleName().toString();
        if (tree.getModifiers().getFlags().contains(Modifier.SEALED)) {
            sealed.add(name);
        }
        for (Tree parent : tree.getImplementsClause()) {
            subtypes.computeIfAbsent(last(parent), _ -> new HashSet<>()).add(name);
        }
        if (tree.getKind() == Tree.Kind.ENUM) {
            for (Tree member : tree.getMembers()) {
                if (member instanceof VariableTree constant && isTypeOf(constant, name)) {
                    cases.computeIfAbsent(name, _ -> new HashSet<>())
                            .add(constant.getName().toString());
                }
            }
        }
        return super.visitClass(tree, unused);
    }

    private static boolean isTypeOf(VariableTree constant, String name) {
        return constant.getType() != null && constant.getType().toString().equals(name);
    }

    /// `Reply.Accepted<T>` to `Accepted`.
    private static String last(Tree type) {
        String name = type.toString().replaceFirst("<.*", "");
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
