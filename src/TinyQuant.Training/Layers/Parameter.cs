using System.Collections.Immutable;

namespace TinyQuant.Training.Layers;

/// <summary>Numbers that training changes, with the gradient of the loss with respect to each.</summary>
public sealed class Parameter
{
    /// <summary>Creates a parameter of zeros.</summary>
    /// <param name="name">Unique in its network, such as <c>dense.weights</c>; the tensor's name in the model.</param>
    /// <param name="shape">Dimensions, outermost first.</param>
    /// <param name="decays">Whether weight decay applies, as to weights and not to biases.</param>
    public Parameter(string name, ImmutableArray<int> shape, bool decays = false)
    {
        Name = name;
        Shape = shape;
        Decays = decays;
        int length = shape.Aggregate(1, (product, dimension) => checked(product * dimension));
        Values = new float[length];
        Gradients = new float[length];
    }

    /// <summary>Unique in its network.</summary>
    public string Name { get; }

    /// <summary>Dimensions, outermost first.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>Whether weight decay applies.</summary>
    public bool Decays { get; }

    /// <summary>The values, row-major.</summary>
    public float[] Values { get; }

    /// <summary>d loss / d value, as the last backward pass left it.</summary>
    public float[] Gradients { get; }
}
