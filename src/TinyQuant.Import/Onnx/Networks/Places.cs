namespace TinyQuant.Import.Onnx.Networks;

/// <summary>Where in a file an error is.</summary>
internal static class Places
{
    private const int ShownCharacters = 120;

    /// <summary>An error of a node.</summary>
    public static ImportError Error(this Node node, string message) => new(message)
    {
        OperatorIndex = node.Index,
        OperatorName = node.Domain.Length == 0 ? node.Operator : $"{node.Domain}.{node.Operator}",
        Node = node.Name.Length == 0 ? null : Shown(node.Name),
        Tensor = node.OutputAt(0) is { } output ? Shown(output.Name) : null,
        Shape = node.OutputAt(0)?.TypeAndShape,
    };

    /// <summary>A name of bounded length.</summary>
    public static string Shown(string name) =>
        name.Length <= ShownCharacters ? name : name[..ShownCharacters] + "...";
}
