namespace TinyQuant.Training.Layers;

/// <summary>Layers, each reading what the one before it wrote, with the buffers between them.</summary>
public sealed class Network
{
    private readonly Layer[] _layers;
    private readonly float[][] _values;
    private readonly float[][] _gradients;

    /// <summary>Joins layers.</summary>
    /// <param name="maxBatch">The most vectors that go through at once.</param>
    /// <param name="layers">At least one; each takes as many elements as the one before it gives.</param>
    public Network(int maxBatch, params IReadOnlyList<Layer> layers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBatch, 1);
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentOutOfRangeException.ThrowIfZero(layers.Count);
        _layers = [.. layers];
        for (int i = 1; i < _layers.Length; i++)
        {
            if (_layers[i].InputLength != _layers[i - 1].OutputLength)
            {
                throw new ArgumentException(
                    $"Layer {i} takes {_layers[i].InputLength} elements; layer {i - 1} gives "
                    + $"{_layers[i - 1].OutputLength}.", nameof(layers));
            }
        }
        MaxBatch = maxBatch;
        _values = [new float[maxBatch * InputLength], .. _layers.Select(l => new float[maxBatch * l.OutputLength])];
        _gradients = [[], .. _layers.Select(l => new float[maxBatch * l.OutputLength])];
        Parameters = [.. _layers.SelectMany(l => l.Parameters)];
    }

    /// <summary>The most vectors that go through at once.</summary>
    public int MaxBatch { get; }

    /// <summary>Elements of one input.</summary>
    public int InputLength => _layers[0].InputLength;

    /// <summary>Elements of one output.</summary>
    public int OutputLength => _layers[^1].OutputLength;

    /// <summary>The layers in order.</summary>
    public IReadOnlyList<Layer> Layers => _layers;

    /// <summary>What training changes, of all layers.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The buffer to fill with [batch, InputLength] before <see cref="Forward"/>.</summary>
    public Span<float> Input(int batch) => _values[0].AsSpan(0, batch * InputLength);

    /// <summary>The buffer for d loss / d output [batch, OutputLength], filled before <see cref="Backward"/>.</summary>
    public Span<float> OutputGradient(int batch) => _gradients[^1].AsSpan(0, batch * OutputLength);

    /// <summary>Runs all layers on <see cref="Input"/>; [batch, OutputLength].</summary>
    public ReadOnlySpan<float> Forward(int batch)
    {
        for (int i = 0; i < _layers.Length; i++)
        {
            _layers[i].Forward(
                _values[i].AsSpan(0, batch * _layers[i].InputLength),
                _values[i + 1].AsSpan(0, batch * _layers[i].OutputLength), batch);
        }
        return _values[^1].AsSpan(0, batch * OutputLength);
    }

    /// <summary>Sets all gradients, from <see cref="OutputGradient"/> and the last <see cref="Forward"/>.</summary>
    public void Backward(int batch)
    {
        for (int i = _layers.Length - 1; i >= 0; i--)
        {
            Span<float> inputGradient = i == 0 ? [] : _gradients[i].AsSpan(0, batch * _layers[i].InputLength);
            _layers[i].Backward(
                _values[i].AsSpan(0, batch * _layers[i].InputLength),
                _gradients[i + 1].AsSpan(0, batch * _layers[i].OutputLength), inputGradient, batch);
        }
    }
}
