using System.Collections.Immutable;
using TinyQuant.Import.Source;
using TinyQuant.Import.Tflite.Decoding;
using TinyQuant.Import.Tflite.Schema;

namespace TinyQuant.Import.Tflite.State;

/// <summary>
/// The state of a file's subgraphs, as variable tensors. That of an operator, or of a variable tensor of the file, is
/// its subgraph's, whoever runs it; resource variables are all subgraphs'.
/// </summary>
internal sealed class FileStates
{
    private readonly TfliteModel _file;
    private readonly int _main;
    private readonly Budget _budget;
    private readonly FileVariables _variables;

    /// <exception cref="MalformedFileException">A subgraph is damaged, or not there.</exception>
    public FileStates(TfliteModel file, int main, Budget budget)
    {
        _file = file;
        _main = main;
        _budget = budget;
        _variables = new FileVariables(file, main, budget);
    }

    /// <summary>A subgraph whose constants are decoded and whose state is variable tensors.</summary>
    /// <param name="index">Its index.</param>
    /// <param name="handles">The variables whose handles its inputs are, by their numbers; -1 for none.</param>
    /// <param name="errors">Takes what is wrong.</param>
    /// <exception cref="MalformedFileException">It is damaged, or there is none of that index.</exception>
    public SourceModel Resolve(int index, ImmutableArray<int> handles, ErrorCollection errors)
    {
        SourceModel model = SignalStates.Resolve(CircularBuffers.Resolve(Decoded(index)));
        if (model.Tensors.Any(t => t.IsVariable))
        {
            model = model with { Tensors = [.. model.Tensors.Select(t => WithKey(t, index))] };
        }

        bool isAboutVariables = _file.HasVariables
            || model.Operators.Any(o => o is TfliteOperator { Code: BuiltinOperator.CALL_ONCE });
        return isAboutVariables
            ? new ResourceVariables(index, index == _main, _variables, Decoded, errors).Resolve(model, handles)
            : model;
    }

    private SourceModel Decoded(int index) => DecodedConstants.Resolve(_file.Subgraph(index), _budget);

    private static SourceTensor WithKey(SourceTensor tensor, int subgraph) => tensor.IsVariable
        ? tensor with { StateKey = Invariant($"{subgraph} {tensor.Index}") }
        : tensor;
}
