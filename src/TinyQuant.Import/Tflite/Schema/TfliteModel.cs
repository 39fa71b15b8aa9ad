using System.Collections.Immutable;
using TinyQuant.Import.Source;
using TinyQuant.Import.Tflite.FlatBuffers;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.Schema;

/// <summary>
/// A file as it is: its subgraphs are read when they are asked for, since most of them are never run.
/// </summary>
internal sealed class TfliteModel(
    ImmutableArray<FlatTable> subgraphs, ImmutableArray<SourceBuffer> buffers,
    ImmutableArray<(BuiltinOperator Code, string Name)> codes)
{
    /// <summary>Null where the file has none.</summary>
    public required string? Name { get; init; }

    /// <summary>Where it comes from, for people; a line each.</summary>
    public required ImmutableArray<string> Notes { get; init; }

    /// <summary>The subgraphs that the file names; empty in many files.</summary>
    public required ImmutableArray<TfliteSignature> Signatures { get; init; }

    /// <summary>Whether an operator may make a handle of a resource variable.</summary>
    public bool HasVariables => codes.Any(c => c.Code == BuiltinOperator.VAR_HANDLE);

    /// <summary>A subgraph: the model itself, or one that it runs.</summary>
    /// <exception cref="MalformedFileException">It is damaged, or there is none of that index.</exception>
    public SourceModel Subgraph(int index)
    {
        if (index < 0 || index >= subgraphs.Length)
        {
            throw new MalformedFileException(
                Invariant($"an operator runs subgraph {index} of {subgraphs.Length}; it is damaged"));
        }

        FlatTable table = subgraphs[index];
        ImmutableArray<SourceTensor> tensors =
        [
            .. TfliteReader.Tables(table, 0, ModelLimits.Tensors, "tensors")
                .Select((t, i) => TensorReader.Read(t, i, buffers)),
        ];
        return new SourceModel
        {
            Name = Name,
            Notes = subgraphs.Length == 1
                ? Notes
                : Notes.Add(index == 0
                    ? Invariant($"the first of {subgraphs.Length} subgraphs")
                    : Invariant($"subgraph {index} of {subgraphs.Length}, from 0"))
                    .AddRange(Signatures.Where(s => Signatures.Length > 1 && s.Subgraph == index).Take(1)
                        .Select(s => $"its signature '{s.Name}'")),
            Tensors = tensors,
            Operators =
            [
                .. TfliteReader.Tables(table, 3, ModelLimits.Operators, "operators")
                    .Select((o, i) => ReadOperator(o, i, tensors.Length)),
            ],
            Inputs = Indexes(table, 1, "inputs", 0, tensors.Length),
            Outputs = Indexes(table, 2, "outputs", 0, tensors.Length),
        };
    }

    private TfliteOperator ReadOperator(FlatTable table, int index, int tensors)
    {
        int code = table.Int32(0);
        if (code < 0 || code >= codes.Length)
        {
            throw new MalformedFileException(
                Invariant($"operator {index} has code {code} of {codes.Length}; it is damaged"));
        }

        string what = Invariant($"operator {index} ({codes[code].Name})");
        bool hasNewOptions = table.UInt8(11) != 0;
        return new TfliteOperator
        {
            Index = index,
            Code = codes[code].Code,
            Name = codes[code].Name,
            Inputs = Indexes(table, 1, what, TfliteOperator.Missing, tensors),
            Outputs = Indexes(table, 2, what, 0, tensors),
            // a second union, of operators that are not supported
            OptionsType = hasNewOptions ? int.MaxValue : table.UInt8(3),
            Options = table.Table(4),
            CustomOptions = table.Vector(5, sizeof(byte)).Bytes,
        };
    }

    private static ImmutableArray<int> Indexes(FlatTable table, int field, string what, int least, int tensors)
    {
        FlatVector vector = table.Vector(field, sizeof(int));
        if (vector.Count > ModelLimits.Operands)
        {
            throw new MalformedFileException(
                $"{what}: {vector.Count} tensors; expected at most {ModelLimits.Operands}");
        }

        ImmutableArray<int> indexes = [.. vector.ToInt32()];
        foreach (int index in indexes)
        {
            if (index < least || index >= tensors)
            {
                throw new MalformedFileException(Invariant($"{what}: tensor {index} of {tensors}; it is damaged"));
            }
        }

        return indexes;
    }
}
