using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TinyQuant.Import;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;
using TinyQuant.Model;

namespace TinyQuant.Onnx.Tests.Support;

/// <summary>
/// A test of ONNX's own: a model, and tensors that it gets and is to give. Integers and truths, which mostly say
/// shapes, become constants; where that is not enough, all inputs but the first do, as weights, scales and bounds are
/// in models.
/// </summary>
internal sealed class NodeTest
{
    private readonly string _folder;
    private readonly List<OnnxTensor> _inputs = [];
    private readonly List<OnnxTensor> _outputs = [];

    private NodeTest(string folder) => _folder = folder;

    /// <summary>The model; null where it is refused.</summary>
    public Graph? Graph { get; private set; }

    /// <summary>Why it is refused.</summary>
    public string Refusal { get; private set; } = "";

    /// <summary>The folder's name.</summary>
    public string Name => Path.GetFileName(_folder);

    /// <summary>Reads and imports.</summary>
    public static NodeTest Read(string folder)
    {
        var test = new NodeTest(folder);
        try
        {
            test._inputs.AddRange(Tensors(folder, "input"));
            test._outputs.AddRange(Tensors(folder, "output"));
        }
        catch (Exception e) when (e is MalformedFileException or UnsupportedException)
        {
            test.Refusal = "its data are no tensors that are read here";
            return test;
        }

        test.Import(t => !t.Type.IsReal());
        if (test.Graph is null)
        {
            test.Import(t => !t.Type.IsReal() || t != test._inputs[0]);
        }

        return test;
    }

    /// <summary>The bytes of the model's inputs.</summary>
    public byte[][] Inputs() =>
        [.. Graph!.Inputs.Select(t => Bytes(t, _inputs.Single(i => i.Name == t.Name)))];

    /// <summary>What differs from what is expected; null where nothing does.</summary>
    public string? Difference(byte[][] outputs)
    {
        if (outputs.Length != _outputs.Count)
        {
            return FormattableString.Invariant($"{outputs.Length} outputs where {_outputs.Count} are expected");
        }

        for (int o = 0; o < outputs.Length; o++)
        {
            Tensor tensor = Graph!.Outputs[o];
            Constant expected = ConstantReader.Of(_outputs[o]);
            double[] found = Numbers(tensor, outputs[o]);
            if (!tensor.Shape.SequenceEqual(expected.Shape))
            {
                return $"output {tensor} where {expected} is expected";
            }

            for (int i = 0; i < found.Length; i++)
            {
                double wanted = expected.Doubles[i];
                bool isEqual = found[i].Equals(wanted) || (tensor.Type == TensorType.Float32
                    && Math.Abs(found[i] - wanted) <= 1e-7 + (1e-3 * Math.Abs(wanted)));
                if (!isEqual)
                {
                    return FormattableString.Invariant($"{found[i]} at {i} of {tensor}, where {wanted} is expected");
                }
            }
        }

        return null;
    }

    private static IEnumerable<OnnxTensor> Tensors(string folder, string what)
    {
        string data = Path.Combine(folder, "test_data_set_0");
        for (int i = 0; File.Exists(Path.Combine(data, FormattableString.Invariant($"{what}_{i}.pb"))); i++)
        {
            yield return TensorReader.Read(
                File.ReadAllBytes(Path.Combine(data, FormattableString.Invariant($"{what}_{i}.pb"))));
        }
    }

    private void Import(Func<OnnxTensor, bool> isConstant)
    {
        ImmutableArray<InputConstant>.Builder constants = ImmutableArray.CreateBuilder<InputConstant>();
        foreach (OnnxTensor tensor in _inputs.Where(t => t.Type != OnnxType.String && isConstant(t)))
        {
            constants.Add(new InputConstant(tensor.Name, [.. ConstantReader.Of(tensor).Doubles])
            {
                Shape = tensor.Dimensions,
            });
        }

        ImportResult result = OnnxImporter.Import(
            File.ReadAllBytes(Path.Combine(_folder, "model.onnx")),
            new ImportOptions
            {
                Constants = constants.ToImmutable(),
                Shapes = [.. _inputs.Select(t => new InputShape(t.Name, t.Dimensions))],
            });
        Graph = result.Graph;
        Refusal = result.Errors.IsEmpty ? "" : result.Errors[0].Message.Split('\n')[0];
    }

    private static byte[] Bytes(Tensor tensor, OnnxTensor given)
    {
        byte[] bytes = given.Type is OnnxType.Float16 or OnnxType.BFloat16
            ? MemoryMarshal.AsBytes(ConstantReader.Of(given).Floats).ToArray()
            : given.Data.ToArray();
        return bytes.Length == tensor.ByteLength
            ? bytes
            : throw new InvalidOperationException($"{tensor} gets {bytes.Length} bytes of {given.Type}.");
    }

    private static double[] Numbers(Tensor tensor, byte[] bytes) => tensor.Type switch
    {
        TensorType.Float32 => Read(bytes, sizeof(float), b => BitConverter.ToSingle(b)),
        TensorType.Int64 => Read(bytes, sizeof(long), b => BitConverter.ToInt64(b)),
        TensorType.Int32 => Read(bytes, sizeof(int), b => BitConverter.ToInt32(b)),
        TensorType.UInt32 => Read(bytes, sizeof(uint), b => BitConverter.ToUInt32(b)),
        TensorType.Int16 => Read(bytes, sizeof(short), b => BitConverter.ToInt16(b)),
        TensorType.Int8 => Read(bytes, 1, b => (sbyte)b[0]),
        _ => Read(bytes, 1, b => b[0]),
    };

    private delegate double Reader(ReadOnlySpan<byte> bytes);

    private static double[] Read(byte[] bytes, int size, Reader read)
    {
        var numbers = new double[bytes.Length / size];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = read(bytes.AsSpan(i * size, size));
        }

        return numbers;
    }
}
