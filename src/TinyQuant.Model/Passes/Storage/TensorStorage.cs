namespace TinyQuant.Model;

/// <summary>Who owns the memory of an activation.</summary>
internal enum StorageKind
{
    /// <summary>The arena, for as long as something needs it.</summary>
    Arena,

    /// <summary>A span that the caller passes and the model only reads.</summary>
    Input,

    /// <summary>A span that the caller passes and the model writes.</summary>
    Output,

    /// <summary>The arena's part that is kept from run to run.</summary>
    State,
}

/// <summary>One memory, and the tensors that are in it one after another or under several shapes.</summary>
internal sealed class TensorStorage(StorageKind kind, Tensor owner, int firstUse, int lastUse)
{
    public StorageKind Kind { get; private set; } = kind;

    /// <summary>The tensor that a caller's span is for; the first one of any other memory.</summary>
    public Tensor Owner { get; private set; } = owner;

    public List<Tensor> Tensors { get; } = [owner];

    /// <summary>What the largest of the tensors takes.</summary>
    public int Bytes { get; private set; } = owner.ByteLength;

    /// <summary>The index of the first operator that touches it.</summary>
    public int FirstUse { get; private set; } = firstUse;

    /// <summary>The index of the last operator that touches it.</summary>
    public int LastUse { get; private set; } = lastUse;

    /// <summary>Takes the tensors of another memory in; a caller's output span wins over the arena.</summary>
    public void Absorb(TensorStorage other)
    {
        if (other.Kind == StorageKind.Output)
        {
            (Kind, Owner) = (other.Kind, other.Owner);
        }

        Tensors.AddRange(other.Tensors);
        Bytes = Math.Max(Bytes, other.Bytes);
        FirstUse = Math.Min(FirstUse, other.FirstUse);
        LastUse = Math.Max(LastUse, other.LastUse);
    }
}
