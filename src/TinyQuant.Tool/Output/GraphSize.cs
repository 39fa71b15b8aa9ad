using TinyQuant.Model;

namespace TinyQuant.Tool.Output;

/// <summary>How large a graph is, in the words of every command that writes one.</summary>
internal static class GraphSize
{
    public static string Operators(Graph graph) => graph.Operators.Length == 1
        ? "1 operator"
        : Invariant($"{graph.Operators.Length} operators");
}
