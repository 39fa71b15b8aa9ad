using TinyQuant.Model;
using TinyQuant.Training.Data;

namespace TinyQuant.Evaluation;

/// <summary>Accuracy of a classifier, measured on its generated code.</summary>
public static class ModelAccuracy
{
    /// <summary>The fraction of pictures whose class the model finds.</summary>
    /// <param name="graph">One input of as many elements as a picture has pixels; one output vector.</param>
    /// <param name="images">Pictures with labels.</param>
    /// <exception cref="ModelCompilationException">The model's code could not be generated or compiled.</exception>
    /// <exception cref="ArgumentException">The model takes no such pictures.</exception>
    public static double Measure(Graph graph, LabelledImages images)
    {
        using CompiledModel model = CompiledModel.Compile(graph);
        return Measure(model, images);
    }

    /// <summary>The same for a model that is compiled already.</summary>
    public static double Measure(CompiledModel model, LabelledImages images)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(images);
        Require(model, images);
        int pixels = images.ImageLength;
        bool takesPixels = model.ClassifiesPixels;
        float[] reals = new float[pixels];
        int correct = 0;
        for (int i = 0; i < images.Count; i++)
        {
            ReadOnlySpan<byte> image = images.Image(i);
            if (!takesPixels)
            {
                LabelledImages.ToReals(image, reals);
            }
            int answer = takesPixels ? model.Classify(image) : model.Classify(reals);
            correct += answer == images.Labels.Span[i] ? 1 : 0;
        }
        return (double)correct / images.Count;
    }

    private static void Require(CompiledModel model, LabelledImages images)
    {
        if (!model.Classifies)
        {
            throw new ArgumentException(
                $"Model '{model.Graph.Name}' gives no class; expected one input and one output vector.", nameof(model));
        }
        if (model.Graph.Inputs[0].ElementCount != images.ImageLength)
        {
            throw new ArgumentException($"Model '{model.Graph.Name}' takes {model.Graph.Inputs[0].ElementCount} values; "
                + $"the pictures of {images.Name} have {images.ImageLength} pixels.", nameof(images));
        }
    }
}
