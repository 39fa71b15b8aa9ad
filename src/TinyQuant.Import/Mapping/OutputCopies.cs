using System.Collections.Immutable;
using TinyQuant.Import.Source;
using TinyQuant.Model;

namespace TinyQuant.Import.Mapping;

/// <summary>
/// Outputs of a file that no operator of it computes, or that are named twice: inputs, constants, what was folded into
/// one. In a model file each output is a tensor of its own, so that these are copied to one.
/// </summary>
internal sealed class OutputCopies(SourceModel model, TensorTable tensors)
{
    private readonly ImmutableArray<Operator>.Builder _copies = ImmutableArray.CreateBuilder<Operator>();

    /// <summary>The operators that copy, behind all others.</summary>
    public ImmutableArray<Operator> Operators => _copies.ToImmutable();

    /// <summary>The outputs of the model; none that is wrong, which has been said.</summary>
    public ImmutableArray<Tensor> Tensors(ImmutableArray<Tensor> inputs)
    {
        HashSet<Tensor> taken = [.. inputs];
        var outputs = ImmutableArray.CreateBuilder<Tensor>(model.Outputs.Length);
        foreach (Tensor tensor in model.Outputs.Select(i => tensors.Get(i, null)).OfType<Tensor>())
        {
            outputs.Add(!tensor.IsConstant && taken.Add(tensor) ? tensor : Copy(tensor));
        }

        return outputs.ToImmutable();
    }

    private Tensor Copy(Tensor tensor)
    {
        // What copies codes takes no scale for each channel: a constant that has some is copied without.
        bool isWithout = tensor.IsConstant && tensor.Quantization is { IsPerChannel: true };
        Tensor source = isWithout ? tensors.Plain(tensor) : tensor;
        Tensor copy = tensors.Like(source);
        _copies.Add(new Reshape(source, copy));
        return copy;
    }
}
