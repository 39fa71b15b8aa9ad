using TinyQuant.Model;

namespace TinyQuant.Data.Tests;

/// <summary>Which output of a model a class of a data set is.</summary>
public class ModelClassesTests
{
    [Fact] // all pictures of class 11 were taken for class 0
    public void Numbers_are_outputs_of_a_model_without_labels()
    {
        DataSet data = Data("11").WithClassesOf(Model(12));

        Assert.Equal([11], data.Test.Labels.ToArray());
        Assert.Equal([11], data.Train.Labels.ToArray());
        Assert.Equal(12, data.ClassNames.Length);
        Assert.Equal([2, 7], Data("2", "7").WithClassesOf(Model(12)).Test.Labels.ToArray());
        Assert.Empty(data.Notes);
    }

    [Fact]
    public void Names_are_outputs_in_their_order_where_there_are_as_many()
    {
        DataSet data = Data("cat", "dog").WithClassesOf(Model(2));

        Assert.Equal([0, 1], data.Test.Labels.ToArray());
        Assert.Equal(["cat", "dog"], data.ClassNames.ToArray());
        Assert.Equal(["'m' has no labels: its outputs are taken for cat, dog, in this order."], data.Notes.ToArray());
    }

    [Fact]
    public void Names_are_labels_and_may_be_some_of_them()
    {
        DataSet data = Data("cat", "dog").WithClassesOf(Model(3, "dog", "bird", "cat"));

        Assert.Equal([2, 0], data.Test.Labels.ToArray());
        Assert.Equal(["dog", "bird", "cat"], data.ClassNames.ToArray());
        // text, before numbers
        Assert.Equal([1, 0], Data("1", "2").WithClassesOf(Model(2, "2", "1")).Test.Labels.ToArray());
    }

    [Fact]
    public void Numbers_are_outputs_where_labels_are_words()
    {
        DataSet data = Data("1", "2").WithClassesOf(Model(3, "dog", "bird", "cat"));

        Assert.Equal([1, 2], data.Test.Labels.ToArray());
        Assert.Contains("none of the labels of 'm' is one", Assert.Single(data.Notes), StringComparison.Ordinal);
    }

    [Fact] // IDX files have no names
    public void Numbers_are_labels_of_files()
    {
        Assert.Equal([3, 11], Data("3", "11").WithNumbersAsLabels().Test.Labels.ToArray());
        Assert.Equal(12, Data("3", "11").WithNumbersAsLabels().ClassNames.Length);
        Assert.Equal([0, 1], Data("3", "300").WithNumbersAsLabels().Test.Labels.ToArray());
        Assert.Equal([0, 1], Data("cat", "dog").WithNumbersAsLabels().Test.Labels.ToArray());
    }

    public static TheoryData<string[], int, string[], string> Wrong => new()
    {
        { ["3", "11"], 10, [],
            "there are 2 classes, 3, 11; 'm' has 10 outputs and no labels; expected the number of an output for each "
                + "class, from 0 to 9." },
        { ["a", "b"], 10, [],
            "there are 2 classes, a, b; 'm' has 10 outputs and no labels; expected 10 classes, or the number of an "
                + "output for each, from 0 to 9." },
        { ["a", "b"], 1, [], "'m' has 1 output and no labels" },
        { ["a", "x"], 2, ["a", "b"], "the classes are a, x; those of 'm' are a, b: 'x' is not among them." },
        { ["1", "3"], 2, ["1", "2"], "'3' is not among them" },
        { ["300"], 1001, [], "class '300' is output 300 of 'm'; expected 255 at most" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Other_classes_are_an_error_that_says_both(
        string[] classes, int outputs, string[] labels, string message)
    {
        string actual = Assert.Throws<InvalidDataException>(() =>
            Data(classes).WithClassesOf(Model(outputs, labels))).Message;

        Assert.StartsWith("data.csv: ", actual, StringComparison.Ordinal);
        Assert.Contains(message, actual, StringComparison.Ordinal);
    }

    /// <summary>An example of each class.</summary>
    private static DataSet Data(params string[] classes)
    {
        byte[] labels = [.. Enumerable.Range(0, classes.Length).Select(i => (byte)i)];
        return new DataSet(
            "x", new LabelledImages("x/train", 1, 1, labels, labels),
            new LabelledVectors("x/test", 1, new float[labels.Length], labels), [.. classes], "data.csv");
    }

    private static Graph Model(int outputs, params string[] labels)
    {
        var tensor = new Tensor("y", TensorType.Float32, [1, outputs]);
        return new Graph
        {
            Name = "m",
            Tensors = [tensor],
            Inputs = [],
            Outputs = [tensor],
            Operators = [],
            Labels = [.. labels]
        };
    }
}
