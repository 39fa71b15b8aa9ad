namespace TinyQuant.Model.Tests.Format;

public class TensorDataTests
{
    [Theory]
    [InlineData("  AQIDBAUG")]
    [InlineData("\tAQIDBAUG")]
    [InlineData(" AQID\n  BAUG  ")]
    [InlineData(" AQID\n  \n BAUG")]
    [InlineData(" AQ==\n Ag==\n AwQ=\n BQY=")]
    public void Data_in_any_lines_of_whole_base64_is_read(string data)
    {
        ModelReadResult result = ModelReader.Read(Texts.With(8, data));
        Assert.Empty(result.Errors);
        Assert.Equal([1, 2, 3, 4, 5, 6], result.Graph!.Tensors[1].Data!.Value.ToArray());
    }

    [Theory]
    [InlineData("  AQIDBA*G", 0, 8)]
    [InlineData("  AQ=DBAUG", 0, 4)]
    [InlineData("  AQIDBAU", 0, 9)]
    [InlineData("  AQIDB===", 0, 7)]
    [InlineData("  ====", 0, 2)]
    [InlineData("  AQID BAUG", 0, 6)]
    [InlineData("  AQID\n  BAÜG", 1, 4)]
    public void What_is_not_base64_is_pointed_at(string data, int line, int column)
    {
        ModelError error = ModelReader.Read(Texts.With(8, data)).Errors[0];
        Assert.Equal((ModelErrorKind.Malformed, 8 + line, column), (error.Kind, error.Line, error.Column));
        Assert.StartsWith("this is not base64; expected two spaces, then groups of four characters", error.Message);
    }

    [Theory]
    [InlineData("  AQIDBAU=", 5)]
    [InlineData("  AQIDBAUGBw==", 7)]
    [InlineData(" AQ==\n Ag==\n AwQ=\n BQ==", 5)]
    [InlineData("", 0)]
    public void A_wrong_number_of_bytes_is_an_error_of_the_tensor(string data, int held)
    {
        ModelError error = ModelReader.Read(Texts.With(8, data)).Errors[0];
        Assert.Equal((ModelErrorKind.Mismatch, 7, 0), (error.Kind, error.Line, error.Column));
        Assert.Equal($"tensor 'w' has {held} bytes of data; its type and shape expect 6", error.Message);
    }

    [Theory]
    [InlineData(1, "name small\n  AQID", 2,
        "data below the statement 'name'; expected it right below a tensor statement that ends in 'data'")]
    [InlineData(2, "note small\n  AQID", 3,
        "data below the statement 'note'; expected it right below a tensor statement that ends in 'data'")]
    [InlineData(1, "\n  AQID\n  AQID", 2,
        "an indented line is data; expected it right below a tensor statement that ends in 'data'")]
    [InlineData(9, "tensor out int8 [1,2] scale 1\n  AQI=", 10,
        "data for a tensor that has none; expected 'data' at the end of the statement above")]
    public void Data_where_none_belongs_is_one_error(int line, string text, int reported, string message)
    {
        ModelError error = Assert.Single(ModelReader.Read(Texts.With(line, text)).Errors);
        Assert.Equal(
            (ModelErrorKind.Malformed, reported, 0, message), (error.Kind, error.Line, error.Column, error.Message));
    }

    [Theory]
    [InlineData("tensr w int8 [2,3] scale 1 data")]
    [InlineData("tensor \"w int8 [2,3] scale 1 data")]
    public void The_data_of_a_wrong_statement_is_skipped(string statement) =>
        Assert.Equal([7, 12], ModelReader.Read(Texts.With(7, statement)).Errors.Select(e => e.Line));

    [Fact]
    public void A_blank_line_is_not_data() =>
        Assert.Empty(ModelReader.Read(Texts.With(9, "tensor out int8 [1,2] scale 1\n  ")).Errors);
}
