using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using TinyQuant.Tests;

namespace TinyQuant.Evaluation.Tests.Fuzz;

/// <summary>
/// The smallest model of one operator, as text in which each size can be replaced:
/// <c>Conv2D x T[1,6,7,3] w T[5,2,2,3]c b B[5]c -> y T[1,5,6,5] stride=1,1</c>. T is int8 or float32, B the bias of
/// that, K the cell state of that, F float32, Q int8, S int16, I int32, J int64, U uint32, V uint64 and L bool; c is a
/// constant of zeros, v a variable; * a scale of its own and a zero point.
/// </summary>
internal sealed partial class OperatorText(string line)
{
    private const int MostConstantBytes = 1 << 16; // larger ones are left without data, which is an error of its own

    /// <summary>
    /// Graphs that an operator may run, by the name that its line has: tensors, and operators from a to b.
    /// </summary>
    private static readonly Dictionary<string, (string Tensors, string Operators)> s_subgraphs = new()
    {
        ["relu"] = ("a T[1,7] b T[1,7]", "op Relu a -> b"),
        ["abs"] = ("a T[1,7] b T[1,7]", "op Abs a -> b"),
        ["never"] = ("a T[1,7] s T[1] b L[1]", "op Sum a -> s axes=1\nop Less s s -> b"),
    };

    private static readonly string[] s_lines =
    [
        "Abs x T[1,7] -> y T[1,7]",
        "Add x T[1,7] z T[1,7] -> y T[1,7] activation=relu",
        "ArgMax x T[3,7] -> y I[3] axis=1",
        "AveragePool2D x T[1,6,7,3] -> y T[1,5,6,3] filter=2,2 stride=1,1",
        "BatchToSpaceNd x T[4,2,3,5] -> y T[1,4,6,5] block=2,2 crops=0,0,0,0",
        "Concatenation x T[1,7] z T[1,5] -> y T[1,12] axis=1",
        "Conv2D x T[1,6,7,3] w T[5,2,2,3]c b B[5]c -> y T[1,5,6,5] stride=1,1 dilation=1,1 padding=valid",
        "Conv2D x F[1,6,7,3] w Q[5,2,2,3]c b F[5]c -> y F[1,6,7,5] padding=same",
        "DepthToSpace x T[1,2,3,12] -> y T[1,4,6,3] block_size=2",
        "DepthwiseConv2D x T[1,6,7,3] w T[1,2,2,3]c b B[3]c -> y T[1,5,6,3] stride=1,1 dilation=1,1 padding=valid",
        "Dequantize x Q[1,7] -> y F[1,7]",
        "Elu x T[1,7] -> y T[1,7]",
        "ExpandDims x T[7] -> y T[1,7]",
        "FullyConnected x T[1,7] w T[5,7]c b B[5]c -> y T[1,5]",
        "FullyConnected x F[1,7] w Q[5,7]c b F[5]c -> y F[1,5]",
        "HardSwish x T[1,7] -> y T[1,7]",
        "L2Normalization x T[1,7] -> y T[1,7]*0.0078125,0",
        "LeakyRelu x T[1,7] -> y T[1,7] alpha=0.5",
        "Logistic x T[1,7] -> y T[1,7]*0.00390625,-128",
        "MaxPool2D x T[1,6,7,3] -> y T[1,5,6,3] filter=2,2 stride=1,1",
        "Maximum x T[1,7] z T[1,7] -> y T[1,7]",
        "Mean x T[1,6,7] -> y T[1,7] axes=1",
        "Minimum x T[1,7] z T[3,1] -> y T[3,7]",
        "Mul x T[1,7] z T[1,7] -> y T[1,7]",
        "Pack x T[7] z T[7] -> y T[2,7] axis=0",
        "Pad x T[1,7] -> y T[1,10] paddings=0,0,1,2",
        "PadV2 x T[1,7] v T[1]c -> y T[1,10] paddings=0,0,1,2",
        "Prelu x T[1,7] a T[1,7]c -> y T[1,7]",
        "Quantize x F[1,7] -> y Q[1,7]",
        "ReduceMax x T[1,6,7] -> y T[1,7] axes=1",
        "ReduceMin x T[1,6,7] -> y T[1,1,7] axes=1 keep_dims=true",
        "Relu x T[1,7] -> y T[1,7]",
        "Relu6 x T[1,7] -> y T[1,7]",
        "ReluN1To1 x T[1,7] -> y T[1,7]",
        "Reshape x T[1,6,7] -> y T[1,42]",
        "ResizeBilinear x T[1,3,5,2] -> y T[1,6,7,2]",
        "ResizeNearestNeighbor x T[1,3,5,2] -> y T[1,6,7,2] half_pixel_centers=true",
        "Slice x T[1,7] -> y T[1,3] begin=0,2 size=1,3",
        "Softmax x T[1,7] -> y T[1,7]*0.00390625,-128",
        "SpaceToBatchNd x T[1,4,6,5] -> y T[4,2,3,5] block=2,2 paddings=0,0,0,0",
        "SpaceToDepth x T[1,4,6,3] -> y T[1,2,3,12] block_size=2",
        "Split x T[1,14] -> y T[1,7] z T[1,7] axis=1",
        "SplitV x T[1,14] -> y T[1,9] z T[1,5] axis=1",
        "Squeeze x T[1,7] -> y T[7]",
        "StridedSlice x T[1,7] -> y T[1,3] begin=0,1 size=1,3 strides=1,2",
        "Sub x T[1,7] z T[3,1] -> y T[3,7]",
        "Sum x T[1,6,7] -> y T[1,7] axes=1",
        "Svdf x T[1,3] f T[10,3]c t T[10,4]c s T[1,40]v -> y T[1,5] rank=2",
        "Tanh x T[1,7] -> y T[1,7]*0.0078125,0",
        "Transpose x T[1,6,7] -> y T[1,7,6] perm=0,2,1",
        "TransposeConv x T[1,2,3,2] w T[5,2,2,2]c b B[5]c -> y T[1,4,6,5] stride=2,2",
        "UnidirectionalSequenceLstm x T[1,2,3] i T[5,3]c f T[5,3]c g T[5,3]c o T[5,3]c ri T[5,5]c rf T[5,5]c rg "
        + "T[5,5]c ro T[5,5]c "
            + "bi B[5]c bf B[5]c bg B[5]c bo B[5]c h T[1,5]v k K[1,5]v -> y T[1,2,5]",
        "Unpack x T[2,7] -> y T[7] z T[7] axis=0",
    ];

    /// <summary>At least one for each operator.</summary>
    public static IReadOnlyList<OperatorText> All { get; } = [
        .. s_lines.Concat(LinesOfTests).Concat(FunctionsOfReals).Select(l => new OperatorText(l))];

    /// <summary>What classes of tests say of the operator that they test.</summary>
    private static IEnumerable<string> LinesOfTests => typeof(OperatorText).Assembly.GetTypes()
        .SelectMany(t => t.GetCustomAttributes<SmallestModelAttribute>()).Select(a => a.Line);

    /// <summary>The operators of one element that no line above has.</summary>
    private static IEnumerable<string> FunctionsOfReals => UnaryKernels.All
        .Where(k => !s_lines.Any(l => l.StartsWith(k.Kind + " ", StringComparison.Ordinal)))
        .Select(k => $"{k.Kind} x F[1,7] -> y F[1,7]");

    public string Kind { get; } = line.Split(' ')[0];

    /// <summary>Whether it reads or writes a tensor that may be int8 or float32.</summary>
    public bool HasBothTypes { get; } = line.Contains(" T[", StringComparison.Ordinal);

    /// <summary>The integers in shapes and attributes.</summary>
    public int SizeCount => SizePattern.Count(line);

    /// <summary>The different sizes, each of which stands in several places for the same thing.</summary>
    public IEnumerable<string> Sizes => SizePattern.Matches(line).Select(m => m.Value).Distinct();

    /// <summary>The same with one integer replaced.</summary>
    public OperatorText WithSize(int index, long size)
    {
        int at = 0;
        return new OperatorText(
            SizePattern.Replace(line, m => at++ == index ? size.ToString(CultureInfo.InvariantCulture) : m.Value));
    }

    /// <summary>The same with every integer of one value replaced.</summary>
    public OperatorText WithSizes(string old, long size) =>
        new(SizePattern.Replace(line, m => m.Value == old ? size.ToString(CultureInfo.InvariantCulture) : m.Value));

    /// <summary>The model file.</summary>
    public string Write(bool isInt8)
    {
        string[] sides = line.Split(" -> ");
        (string Name, string Tensor)[] inputs = [.. Operands(sides[0])];
        (string Name, string Tensor)[] outputs = [.. Operands(Kind + " " + sides[1])];
        var text = new StringBuilder("tinyquant-model 1\n");
        foreach (string name in s_subgraphs.Keys.Where(n => line.Contains("=" + n, StringComparison.Ordinal)))
        {
            WriteSubgraph(text, name, isInt8);
        }

        foreach ((string name, string tensor) in inputs.Concat(outputs))
        {
            WriteTensor(text, name, TensorPattern.Match(tensor), isInt8);
        }

        (string Name, string Tensor)[] ends = [.. outputs.Where(o => o.Tensor[^1] != 'v')];
        string more = "";
        if (ends.Length == 0)
        {
            // what is only kept is read, so that the model has an output
            (string kept, string tensor) = outputs[0];
            ends = [(kept + "_read", tensor.TrimEnd('v'))];
            WriteTensor(text, ends[0].Name, TensorPattern.Match(ends[0].Tensor), isInt8);
            more = $"op ReadVariable {kept} -> {ends[0].Name}\n";
        }

        string[] starts = [.. inputs.Where(i => i.Tensor[^1] == ']').Select(i => i.Name)];
        if (starts.Length == 0)
        {
            starts = ["unread"]; // a model has an input
            text.Append("tensor unread float32 [1]\n");
        }

        text.Append("input ").AppendJoin(' ', starts).Append('\n');
        text.Append("output ").AppendJoin(' ', ends.Select(o => o.Name)).Append('\n');
        string attributes = string.Join(' ', line.Split(' ').Where(w => w.Contains('=', StringComparison.Ordinal)));
        return text.Append(CultureInfo.InvariantCulture,
            $"op {Kind} {string.Join(' ', inputs.Select(i => i.Name))} -> {string.Join(' ', outputs.Select(o => o.Name))} {attributes}\n").Append(
                more).ToString();
    }

    public override string ToString() => line;

    private static IEnumerable<(string Name, string Tensor)> Operands(string side)
    {
        string[] words = side.Split(' ');
        for (int i = 1; i + 1 < words.Length && !words[i].Contains('=', StringComparison.Ordinal); i += 2)
        {
            yield return (words[i], words[i + 1]);
        }
    }

    private static void WriteSubgraph(StringBuilder text, string name, bool isInt8)
    {
        (string tensors, string operators) = s_subgraphs[name];
        text.Append(CultureInfo.InvariantCulture, $"subgraph {name}\n");
        foreach ((string tensor, string form) in Operands("tensors " + tensors))
        {
            WriteTensor(text, tensor, TensorPattern.Match(form), isInt8);
        }

        text.Append(CultureInfo.InvariantCulture, $"input a\noutput b\n{operators}\nend\n");
    }

    private static void WriteTensor(StringBuilder text, string name, Match tensor, bool isInt8)
    {
        (string type, int bytes) = (tensor.Groups["type"].Value, isInt8) switch
        {
            ("L", _) => ("bool", 1),
            ("I", _) or ("B", true) => ("int32", 4),
            ("J", _) => ("int64", 8),
            ("U", _) => ("uint32", 4),
            ("V", _) => ("uint64", 8),
            ("S", _) => ("int16", 2),
            ("Q", _) or ("T", true) => ("int8", 1),
            ("K", true) => ("int16", 2),
            _ => ("float32", 4),
        };
        string[] own = tensor.Groups["scale"].Value.Split(',');
        string scale = type switch
        {
            "int16" => " scale 0.00048828125",
            "int8" => own.Length == 2 ? $" scale {own[0]} zero {own[1]}" : " scale 0.05",
            _ => "",
        };
        string use = tensor.Groups["use"].Value;
        string shape = tensor.Groups["shape"].Value;
        text.Append(CultureInfo.InvariantCulture,
            $"tensor {name} {type} [{shape}]{scale}{(use == "c" ? " data" : use == "v" ? " variable" : "")}\n");
        double length = shape.Split(',')
            .Aggregate((double)bytes, (product, size) => product * double.Parse(size, CultureInfo.InvariantCulture));
        if (use == "c" && length <= MostConstantBytes)
        {
            text.Append("  ").Append(Convert.ToBase64String(new byte[(int)length])).Append('\n');
        }
    }

    [GeneratedRegex(@"(?<=[\[,=])\d+(?=[\],\s]|$)(?![^ ]*\*)|(?<=,)\d+(?=\])")]
    private static partial Regex SizePattern { get; }

    [GeneratedRegex(@"^(?<type>\w)\[(?<shape>[\d,]*)\](?<use>[cv]?)(\*(?<scale>.*))?$")]
    private static partial Regex TensorPattern { get; }
}
