using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Inference;
using TinyQuant.Import.Onnx.Networks;

namespace TinyQuant.Import.Onnx.Operators;

/// <summary>Where ONNX's Resize looks for each element along a dimension.</summary>
internal sealed class ResizePlaces
{
    private readonly ImmutableArray<int> _input;
    private readonly ImmutableArray<int> _output;
    private readonly float[] _scales;
    private readonly string _nearest;

    /// <summary>Reads the attributes of a Resize.</summary>
    public ResizePlaces(Node node)
    {
        _input = node.Required(0).Shape;
        _output = node.Output.Shape;
        Mode = node.Attributes.String("coordinate_transformation_mode", "half_pixel");
        _nearest = node.Attributes.String("nearest_mode", "round_prefer_floor");
        _scales = [.. _input.Select((size, d) => (float)_output[d] / size)];
        Constant? given = node.Known(3, "the sizes") is { Count: > 0 } ? null : node.Known(2, "the scales");
        ImmutableArray<int> axes = ResizeRules.Axes(node);
        for (int i = 0; given is not null && i < axes.Length; i++)
        {
            _scales[axes[i]] = given.Floats[i];
        }

        // ONNX aligns the corner of that size, ONNX Runtime of the whole number below it.
        if (Mode == "align_corners" && _scales.Where((s, d) => s * _input[d] != _output[d]).Any())
        {
            throw new UnsupportedException(
                "it aligns corners of a size that is no whole number, by its scales; expected sizes, or scales that give "
                    + "whole numbers");
        }
    }

    /// <summary>How the file says it.</summary>
    public string Mode { get; }

    /// <summary>Whether a dimension stays as it is.</summary>
    public bool IsWhole(int dimension) => _scales[dimension] == 1;

    /// <summary>The place between the input's elements.</summary>
    /// <param name="dimension">Along which dimension.</param>
    /// <param name="place">Of the output.</param>
    public double Of(int dimension, int place)
    {
        int input = _input[dimension], output = _output[dimension];
        float scale = _scales[dimension];
        return Mode switch
        {
            "asymmetric" => place / scale,
            "half_pixel" => ((place + 0.5f) / scale) - 0.5f,
            "pytorch_half_pixel" => output > 1 ? ((place + 0.5f) / scale) - 0.5f : 0,
            "half_pixel_symmetric" => (input / 2f * (1 - (output / (scale * input)))) + ((place + 0.5f) / scale) - 0.5f,
            "align_corners" => output == 1 ? 0 : place * (input - 1f) / (output - 1),
            _ => throw new UnsupportedException(
                $"its coordinate_transformation_mode is '{Places.Shown(Mode)}'; expected align_corners, asymmetric, "
                    + "half_pixel, half_pixel_symmetric or pytorch_half_pixel"),
        };
    }

    /// <summary>The element that is nearest to an element of the output.</summary>
    public int Nearest(int dimension, int place)
    {
        double at = Of(dimension, place);
        double nearest = _nearest switch
        {
            "round_prefer_floor" => Math.Ceiling(at - 0.5),
            "round_prefer_ceil" => Math.Floor(at + 0.5),
            "floor" => Math.Floor(at),
            "ceil" => Math.Ceiling(at),
            _ => throw new UnsupportedException(
                $"its nearest_mode is '{Places.Shown(_nearest)}'; expected round_prefer_floor, round_prefer_ceil, floor "
                    + "or ceil"),
        };
        return (int)Math.Clamp(nearest, 0, _input[dimension] - 1);
    }
}
