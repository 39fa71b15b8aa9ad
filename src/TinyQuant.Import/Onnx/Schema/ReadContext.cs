using TinyQuant.Import.Protobuf;

namespace TinyQuant.Import.Onnx.Schema;

/// <summary>What is allowed to a file, and how much of it is left; shared by all parts that read it.</summary>
/// <param name="budget">What its objects may take.</param>
/// <param name="external">The files beside it, by their relative paths; null where there are none.</param>
internal sealed class ReadContext(Budget budget, Func<string, ReadOnlyMemory<byte>?>? external)
{
    // About what the objects take in memory; a real file needs several times its length less.
    private const int ObjectBytes = 64;
    private const int TextBytes = 32;

    private int _nodes;

    public Func<string, ReadOnlyMemory<byte>?>? External => external;

    /// <exception cref="MalformedFileException">There is too much.</exception>
    public void ChargeObject(int objects = 1) => budget.Charge(ObjectBytes * (long)objects);

    /// <summary>Elements that are made of fewer bytes. They may take more than other parts.</summary>
    /// <exception cref="MalformedFileException">There is too much.</exception>
    public void ChargeElements(long bytes) => budget.Charge(bytes / 2);

    /// <exception cref="MalformedFileException">There are too many.</exception>
    public void ChargeNode()
    {
        ChargeObject(2);
        if (++_nodes > Limits.Nodes)
        {
            throw new MalformedFileException(Invariant($"it has more than {Limits.Nodes} nodes"));
        }
    }

    /// <summary>The name in the current field.</summary>
    public string Name(ref ProtoReader reader) => Text(ref reader, Limits.NameLength);

    /// <summary>The text in the current field.</summary>
    public string Text(ref ProtoReader reader) => Text(ref reader, Limits.TextLength);

    /// <summary>Adds to a list.</summary>
    /// <exception cref="MalformedFileException">It has as many as it may have.</exception>
    public static void Add<T>(ICollection<T> list, T item, int most, string what)
    {
        if (list.Count == most)
        {
            throw new MalformedFileException(Invariant($"it has more than {most} {what}"));
        }

        list.Add(item);
    }

    private string Text(ref ProtoReader reader, int most)
    {
        string text = reader.Text(most);
        budget.Charge(TextBytes + text.Length);
        return text;
    }
}
