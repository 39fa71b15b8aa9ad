using System.Runtime.InteropServices;
using Google.FlatBuffers;
using TinyQuant.Import.Tflite.Schema;

namespace TinyQuant.Import.Tests.Support;

/// <summary>
/// Builds TensorFlow Lite files by hand, wrong ones too, with the flatbuffer library and the schema's field ids.
/// </summary>
internal sealed class FlatModel
{
    private readonly FlatBufferBuilder _builder = new(1024) { ForceDefaults = true };
    private readonly List<int> _buffers = [];
    private readonly List<int> _tensors = [];
    private readonly List<int> _codes = [];
    private readonly Dictionary<(BuiltinOperator Code, string? Custom), int> _codeIndexes = [];
    private readonly List<int> _operators = [];
    private readonly List<int> _otherSubgraphs = [];
    private readonly List<int> _metadata = [];
    private readonly List<int> _signatures = [];

    public FlatModel() => AddBuffer([]); // buffer 0 is the empty one

    public string Identifier { get; init; } = "TFL3";

    public int Version { get; init; } = 3;

    public string Description { get; init; } = "MLIR Converted.";

    public int Subgraphs { get; init; } = 1;

    /// <summary>The options of custom operators that are added from now on.</summary>
    public byte[] CustomOptions { get; set; } = [];

    /// <summary>Whether operator codes stand in the field of one byte alone, as in old files.</summary>
    public bool HasOldCodesOnly { get; init; }

    /// <summary>Adds a tensor and returns its index.</summary>
    public int Tensor(
        string name, TfliteType type, int[] shape, float[]? scales = null, long[]? zeroPoints = null, int axis = 0,
        byte[]? data = null,
        bool isVariable = false, bool isSparse = false, byte details = 0, int? buffer = null, int[]? signature = null)
    {
        int bufferIndex = buffer ?? (data is null ? 0 : AddBuffer(data));
        int nameAt = _builder.CreateString(name).Value;
        int shapeAt = Vector(shape);
        int quantization = scales is null ? 0 : Quantization(scales, zeroPoints ?? [], axis, details);
        int sparsity = isSparse ? Table() : 0;
        int signatureAt = signature is null ? 0 : Vector(signature);
        int at = Table((0, Offset(shapeAt)), (1, (byte)type), (2, bufferIndex), (3, Offset(nameAt)),
            (4, Offset(quantization)), (5, isVariable), (6, Offset(sparsity)),
            (7, Offset(signatureAt)));
        _tensors.Add(at);
        return _tensors.Count - 1;
    }

    /// <summary>An int8 activation.</summary>
    public int Int8(string name, params int[] shape) => Tensor(name, TfliteType.Int8, shape, [0.5f], [3]);

    /// <summary>An int32 constant.</summary>
    public int Ints(string name, int[] shape, params int[] values) =>
        Tensor(name, TfliteType.Int32, shape, data: MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    /// <summary>A vector of int32, constant.</summary>
    public int Ints(string name, params int[] values) => Ints(name, [values.Length], values);

    /// <summary>A vector of int64, constant.</summary>
    public int Longs(string name, int[] shape, params long[] values) =>
        Tensor(name, TfliteType.Int64, shape, data: MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    /// <summary>Adds a buffer whose bytes lie outside of the flatbuffer, and returns its index.</summary>
    public int OutsideBuffer()
    {
        _buffers.Add(Table((1, 1_000ul), (2, 4ul)));
        return _buffers.Count - 1;
    }

    public void Operator(BuiltinOperator code, int[] inputs, int[] outputs, int optionsType = 0, string? custom = null,
        params (int Field, object Value)[] options)
    {
        if (!_codeIndexes.TryGetValue((code, custom), out int codeIndex))
        {
            int customAt = custom is null ? 0 : _builder.CreateString(custom).Value;
            codeIndex = _codes.Count;
            _codes.Add(HasOldCodesOnly
                ? Table((0, (byte)code), (1, Offset(customAt)))
                : Table((0, (byte)Math.Min((int)code, 127)), (1, Offset(customAt)), (3, (int)code)));
            _codeIndexes.Add((code, custom), codeIndex);
        }

        int inputsAt = Vector(inputs);
        int outputsAt = Vector(outputs);
        int optionsAt = optionsType == 0 ? 0 : Table(options);
        int customOptionsAt = CustomOptions.Length == 0 ? 0 : Vector(CustomOptions);
        _operators.Add(
            Table((0, codeIndex), (1, Offset(inputsAt)), (2, Offset(outputsAt)), (3, (byte)optionsType),
                (4, Offset(optionsAt)), (5, Offset(customOptionsAt))));
    }

    /// <summary>A text among an operator's options.</summary>
    public object Text(string value) => Offset(_builder.CreateString(value).Value);

    /// <summary>A list of integers among an operator's options.</summary>
    public object List(params int[] values) => Offset(Vector(values));

    /// <summary>
    /// Makes what was added until now a subgraph behind the main one, and returns its index. Tensors begin at 0 again.
    /// </summary>
    public int EndSubgraph(int[] inputs, int[] outputs)
    {
        _otherSubgraphs.Add(Subgraph(inputs, outputs));
        _tensors.Clear();
        _operators.Clear();
        return _otherSubgraphs.Count;
    }

    /// <summary>Gives a subgraph a name for callers; the main one is 0.</summary>
    public void Signature(string name, int subgraph)
    {
        int nameAt = _builder.CreateString(name).Value;
        _signatures.Add(Table((2, Offset(nameAt)), (4, subgraph)));
    }

    /// <summary>Attaches metadata with a name and a description.</summary>
    public void Metadata(string name, string description)
    {
        var inner = new FlatBufferBuilder(64);
        int nameAt = inner.CreateString(name).Value;
        int descriptionAt = inner.CreateString(description).Value;
        inner.StartTable(2);
        inner.AddOffset(0, nameAt, 0);
        inner.AddOffset(1, descriptionAt, 0);
        inner.Finish(inner.EndTable(), "M001");
        int buffer = AddBuffer(inner.SizedByteArray());
        int entryName = _builder.CreateString("TFLITE_METADATA").Value;
        _metadata.Add(Table((0, Offset(entryName)), (1, buffer)));
    }

    public byte[] Build(int[] inputs, int[] outputs)
    {
        int main = Subgraph(inputs, outputs);
        int subgraphs = Offsets([.. Enumerable.Repeat(main, Subgraphs), .. _otherSubgraphs]);
        int codes = Offsets(_codes);
        int buffers = Offsets(_buffers);
        int metadata = Offsets(_metadata);
        int signatures = _signatures.Count == 0 ? 0 : Offsets(_signatures);
        int description = _builder.CreateString(Description).Value;
        int model = Table(
            (0, Version), (1, Offset(codes)), (2, Offset(subgraphs)), (3, Offset(description)), (4, Offset(buffers)),
            (6, Offset(metadata)), (7, Offset(signatures)));
        _builder.Finish(model, Identifier);
        return _builder.SizedByteArray();
    }

    private int Subgraph(int[] inputs, int[] outputs)
    {
        int tensors = Offsets(_tensors);
        int operators = Offsets(_operators);
        int inputsAt = Vector(inputs);
        int outputsAt = Vector(outputs);
        return Table((0, Offset(tensors)), (1, Offset(inputsAt)), (2, Offset(outputsAt)), (3, Offset(operators)));
    }

    private readonly record struct OffsetTo(int At);

    private static OffsetTo Offset(int at) => new(at);

    private int AddBuffer(byte[] data)
    {
        int at = 0;
        if (data.Length > 0)
        {
            at = Vector(data);
        }

        _buffers.Add(Table((0, Offset(at))));
        return _buffers.Count - 1;
    }

    private int Quantization(float[] scales, long[] zeroPoints, int axis, byte details)
    {
        _builder.StartVector(sizeof(float), scales.Length, sizeof(float));
        Array.ForEach([.. scales.Reverse()], _builder.AddFloat);
        int scalesAt = _builder.EndVector().Value;
        _builder.StartVector(sizeof(long), zeroPoints.Length, sizeof(long));
        Array.ForEach([.. zeroPoints.Reverse()], _builder.AddLong);
        int zeroPointsAt = _builder.EndVector().Value;
        return Table((2, Offset(scalesAt)), (3, Offset(zeroPointsAt)), (4, details), (6, axis));
    }

    private int Vector(byte[] values)
    {
        _builder.StartVector(sizeof(byte), values.Length, sizeof(byte));
        Array.ForEach([.. values.Reverse()], _builder.AddByte);
        return _builder.EndVector().Value;
    }

    private int Vector(int[] values)
    {
        _builder.StartVector(sizeof(int), values.Length, sizeof(int));
        Array.ForEach([.. values.Reverse()], _builder.AddInt);
        return _builder.EndVector().Value;
    }

    private int Offsets(List<int> tables)
    {
        _builder.StartVector(sizeof(int), tables.Count, sizeof(int));
        for (int i = tables.Count - 1; i >= 0; i--)
        {
            _builder.AddOffset(tables[i]);
        }

        return _builder.EndVector().Value;
    }

    /// <summary>A table of the fields that are given; an offset of 0 is a field that is missing.</summary>
    private int Table(params (int Field, object Value)[] fields)
    {
        _builder.StartTable(fields.Length == 0 ? 0 : fields.Max(f => f.Field) + 1);
        foreach ((int field, object value) in fields)
        {
            switch (value)
            {
                case OffsetTo { At: 0 }: break;
                case OffsetTo offset: _builder.AddOffset(field, offset.At, 0); break;
                case byte number: _builder.AddByte(field, number, 0); break;
                case bool flag: _builder.AddBool(field, flag, false); break;
                case int number: _builder.AddInt(field, number, 0); break;
                case ulong number: _builder.AddUlong(field, number, 0); break;
                case float number: _builder.AddFloat(field, number, 0); break;
                default: throw new ArgumentException($"{value.GetType()} is no field.", nameof(fields));
            }
        }

        return _builder.EndTable();
    }
}
